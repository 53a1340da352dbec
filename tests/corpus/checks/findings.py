"""Short ways to call one check and look at what it says."""

from __future__ import annotations

from corpus.checks import CHECKS, Finding
from corpus.content import Caption, Content, parse


def found(
    check: str,
    source: Content,
    candidate: Content,
    language: str = "fr",
    **context: list[str],
) -> list[Finding]:
    """What the check under this id says."""
    return list(CHECKS[check](source, candidate, language, context))


def captions(
    check: str,
    source: str,
    candidate: str,
    language: str = "fr",
    **context: list[str],
) -> list[Finding]:
    return found(check, Caption(source), Caption(candidate), language, **context)


def choice(*options: str, key: str = "A", hint: str = "") -> Content:
    fields = {"question": "Which?", "options": options, "key": key, "hint": hint}
    return parse("multiple_choice", fields)


def talk(*turns: tuple[str, str, str]) -> Content:
    names = ("question", "answer", "explanation")
    return parse(
        "conversation",
        {"turns": [dict(zip(names, turn, strict=True)) for turn in turns]},
    )


def marked(findings: list[Finding], text: str) -> list[str]:
    """The stretches of `text` that findings point at."""
    return [text[f.start : f.end] for f in findings if f.start is not None]
