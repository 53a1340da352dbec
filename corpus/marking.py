"""Errors marked in a text: the categories, the severities, and what a mark must hold.

The categories of translation errors follow MQM; those of image errors say what a text
about an image gets wrong. A category is never renamed and never changes its meaning:
that is a new VERSION, and a mark keeps the version it was made under.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from corpus.content import Content

VERSION = "errors/1"
#: Most marks in one answer.
MAX_MARKS = 40
SOURCE, CANDIDATE = "source", "candidate"
OMISSION = "omission"
#: A region is kept in ten-thousandths of the image's width and height.
PARTS = 10_000
_LINE_END = re.compile(r"(?:\r\n|\r|\n)")

#: Left, top, width and height, in fractions of the image.
Region: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Category:
    """What is wrong. `family` is the heading under which it is offered."""

    code: str
    label: str
    family: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Severity:
    """How bad it is."""

    code: str
    label: str
    meaning: str


TRANSLATION, IMAGE = "Translation", "Image"
CATEGORIES = (
    Category("mistranslation", "Mistranslation", TRANSLATION, "It says another thing."),
    Category(OMISSION, "Omission", TRANSLATION, "It is missing: marked in the source."),
    Category("addition", "Addition", TRANSLATION, "The source does not say it."),
    Category("grammar", "Grammar", TRANSLATION, "Grammar, spelling or punctuation."),
    Category("terminology", "Terminology", TRANSLATION, "Not the word of the field."),
    Category(
        "untranslated", "Untranslated", TRANSLATION, "Left in the language it was."
    ),
    Category("object", "Object not there", IMAGE, "The image does not show it."),
    Category(
        "attribute", "Attribute", IMAGE, "Colour, size, material, pose and so on."
    ),
    Category("count", "Count", IMAGE, "There are more of them, or fewer."),
    Category("relation", "Relation", IMAGE, "Where things are, or who does what."),
    Category(
        "image_text", "Text in the image", IMAGE, "Words or figures read wrongly."
    ),
    Category(
        "chart_value", "Chart value", IMAGE, "A number that the chart does not show."
    ),
)
SEVERITIES = (
    Severity("minor", "Minor", "A careful reader notices; nobody is misled."),
    Severity("major", "Major", "The meaning is changed, or hard to find."),
    Severity("critical", "Critical", "Whoever relies on the text is misled or harmed."),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one text that are wrong: its code points from `start` up to `end`."""

    side: str
    field: str
    start: int
    end: int
    words: str
    category: str
    severity: str
    region: Region | None = None


def found(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words begin and end in a text, overlaps included.

    Browsers send one kind of line end; any other in the text counts as the same.

    >>> found("ab\\r\\nab", "b\\na"), found("aaa", "aa")
    ([(1, 5)], [(0, 2), (1, 3)])
    """
    lines = map(re.escape, _LINE_END.split(words))
    pattern = f"(?=({_LINE_END.pattern.join(lines)}))"
    return [match.span(1) for match in re.finditer(pattern, text)] if words else []


def why_none(marks: Sequence[Mark], source: Content, candidate: Content) -> str | None:
    """Why an answer may not hold these marks; None if it may."""
    if len(marks) > MAX_MARKS:
        return f"An answer marks at most {MAX_MARKS} errors."
    texts = {SOURCE: dict(source.texts()), CANDIDATE: dict(candidate.texts())}
    seen = set()
    for mark in marks:
        where = (mark.side, mark.field, mark.start, mark.end, mark.category)
        why_not = why_not_mark(mark, texts.get(mark.side, {}))
        if why_not is None and where in seen:
            why_not = "this error is marked twice. Keep one of the two."
        if why_not:
            return f"The mark “{_short(mark.words)}”: {why_not}"
        seen.add(where)
    return None


def why_not_mark(mark: Mark, texts: dict[str, str]) -> str | None:
    """What is wrong with one mark, given the texts of its side by field."""
    if mark.category not in {category.code for category in CATEGORIES}:
        return "choose one of the categories."
    if mark.severity not in {severity.code for severity in SEVERITIES}:
        return "choose one of the severities."
    if mark.field not in texts:
        return f"there is no “{_short(mark.field)}” in the {_side(mark.side)}."
    if (mark.category == OMISSION) != (mark.side == SOURCE):
        return (
            "what is missing is marked in the source, as an omission; every other "
            "error in the candidate."
        )
    if not 0 <= mark.start < mark.end <= len(texts[mark.field]):
        return "it does not lie inside the text."
    if texts[mark.field][mark.start : mark.end] != mark.words:
        return "other words stand at that place of the text."
    if not mark.words.strip():
        return "blanks alone cannot be marked."
    return why_not_region(mark.region)


def why_not_region(region: Region | None) -> str | None:
    """What is wrong with a region; None for none, and for one inside the image."""
    if region is None:
        return None
    if len(region) != 4 or not all(map(math.isfinite, region)):
        return "a region is four numbers: left, top, width and height."
    left, top, width, height = in_parts(region)
    inside = left >= 0 and top >= 0 and left + width <= PARTS and top + height <= PARTS
    if not inside or width <= 0 or height <= 0:
        return "its region must have a width and a height, and lie inside the image."
    return None


def in_parts(region: Region) -> list[int]:
    """A region in whole ten-thousandths."""
    return [round(number * PARTS) for number in region]


def _side(side: str) -> str:
    return SOURCE if side == SOURCE else CANDIDATE


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
