"""Source and candidate as rows of one layout, whatever their content kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst

from annotation.models import Candidate
from annotation.phrases import said
from corpus.content import Content, MultipleChoice, YesNo
from corpus.languages import YES_NO_WORDS
from corpus.marking import CANDIDATE, SOURCE

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked if a check points at it."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What one language has in a row. `is_key`: it is the right answer.

    `place` is how a marked error names this text; none if it cannot be marked.
    """

    pieces: list[Piece]
    is_key: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the content in both languages. A side is None where it is absent."""

    name: str
    source: Side | None
    candidate: Side | None
    findings: list[Found]

    @property
    def label(self) -> str:
        return capfirst(said(self.name))


def parts_of(candidate: Candidate) -> list[Part]:
    """The rows of an item and its candidate, in reading order."""
    source, target = candidate.item.content, candidate.content
    ours = _fields(source, candidate.project.source_language)
    theirs = _fields(target, candidate.language)
    return [
        Part(
            name,
            _side(SOURCE, name, source, ours, []),
            _side(CANDIDATE, name, target, theirs, _of_field(candidate, name)),
            _of_field(candidate, name),
        )
        for name in _in_order(list(ours), list(theirs))
    ]


def stray_findings(candidate: Candidate) -> list[Found]:
    """Findings about the candidate as a whole, or about a field that it lacks."""
    names = {part.name for part in parts_of(candidate)}
    return [found for found in candidate.findings if found["field"] not in names]


def _of_field(candidate: Candidate, name: str) -> list[Found]:
    return [found for found in candidate.findings if found["field"] == name]


def _fields(content: Content, language: str) -> dict[str, str]:
    fields = dict(content.texts())
    if isinstance(content, YesNo):
        yes, no = YES_NO_WORDS[language]
        fields["answer"] = yes if content.key == "Yes" else no
    return fields


def _in_order(first: list[str], second: list[str]) -> Iterator[str]:
    """The names of both, those that only the second has after their neighbours."""
    yield from first
    yield from (name for name in second if name not in first)


def _side(
    side: str,
    name: str,
    content: Content,
    fields: dict[str, str],
    findings: list[Found],
) -> Side | None:
    if name not in fields:
        return None
    is_key = isinstance(content, YesNo) and name == "answer"
    if isinstance(content, MultipleChoice):
        is_key = name == f"option {content.key}"
    place = f"{side}:{name}" if name in dict(content.texts()) else ""
    return Side(list(_pieces(fields[name], findings)), is_key, place)


def _pieces(text: str, findings: list[Found]) -> Iterator[Piece]:
    """The text cut where findings begin and end."""
    spans = [
        (found["start"], found["end"])
        for found in findings
        if found.get("start") is not None and found.get("end") is not None
    ]
    edges = {min(edge, len(text)) for span in spans for edge in span}
    cuts = sorted(edges | {0, len(text)})
    for start, end in pairwise(cuts):
        marked = any(first <= start and end <= last for first, last in spans)
        yield Piece(text[start:end], marked)
