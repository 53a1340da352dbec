"""Words that stand in the picture are quoted as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.directions import is_compass
from corpus.checks.finding import NO_CONTEXT, Context, Finding, Severity, pairs
from corpus.checks.sought import Sought
from corpus.checks.spans import QUOTED, quotations, without_code
from corpus.content import LETTERS, Content, MultipleChoice

ID = "quoted/1"

#: What says that a quotation is read off the picture, not somebody's way of speaking.
_READ = re.compile(
    r"\b(?:reads?|reading|says?|saying|labell?ed|labels?|marked|written|titled?|caption"
    r"|words?|letters?|text|sign|inscription|inscribed|entitled|named|called|logo|spells?)"
    r"\W*(?:\w+\W+){0,2}$",
    re.I,
)
#: How far before a quotation that may begin.
_FARTHEST = 200
_LABEL = re.compile(r"[A-Z0-9]{1,2}")
_SIGNS = re.compile(r"[\W_]+")


def check(
    source: Content, candidate: Content, language: str, context: Context = NO_CONTEXT
) -> Iterator[Finding]:
    """Warns of a quotation that is gone or translated; blocks options that are letters.

    `context["labels"]`, if there is one, lists what is written in the picture: an
    option that is one of them stays as it is.
    """
    for name, original, text in pairs(source, candidate):
        folded = Sought(_folded(text))
        for quotation, start, _ in quotations(without_code(original)):
            if _folded(quotation) in folded or not _is_visible(
                original, start, quotation
            ):
                continue
            message = f"The source quotes {quotation!r} here."
            yield Finding(ID, "warn", name, message, *_first_quotation(text))
    yield from _labels(source, candidate, tuple(context.get("labels", ())))


def _is_visible(text: str, start: int, quotation: str) -> bool:
    letters = [sign for sign in quotation if sign.isalpha()]
    is_name = all(word[0].isupper() for word in quotation.split() if word[0].isalpha())
    near = max(0, start - _FARTHEST)
    return not letters or is_name or bool(_READ.search(text, near, start))


def _first_quotation(text: str) -> tuple[int, ...]:
    match = QUOTED.search(text)
    return match.span() if match else ()


def _labels(
    source: Content, candidate: Content, labels: tuple[str, ...]
) -> Iterator[Finding]:
    if not isinstance(source, MultipleChoice) or is_compass(source):
        return
    if not isinstance(candidate, MultipleChoice):
        return
    for letter, want, have in zip(
        LETTERS, source.options, candidate.options, strict=False
    ):
        if want.strip() == have.strip():
            continue
        if _LABEL.fullmatch(want.strip()) or want in labels:
            is_letter = len(want.strip()) == 1
            message = f"{want} stands in the picture and stays as it is."
            severity: Severity = "block" if is_letter else "warn"
            yield Finding(ID, severity, f"option {letter}", message, 0, len(have))


def _folded(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()
