"""The items of the demonstration, read from `texts/` and held to their kinds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from corpus.content import KINDS, ContentError, Kind, parse
from corpus.languages import NAMES

TEXTS: Final = Path(__file__).with_name("texts")
LANGUAGES: Final = tuple(code for code in NAMES if code != "en")

Quality: TypeAlias = Literal["good", "slight", "wrong"]
EXPECTED: Final[dict[Quality, str]] = {
    "good": "accept",
    "slight": "accept_with_edits",
    "wrong": "reject",
}
FAITHFUL: Final = "Says what the source says, in natural language."


class CatalogueError(ValueError):
    """A text file is not what it should be. The message names the item."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text of known quality, as a model would answer: plain text or JSON fields.

    `is_blocked` says that a check refuses it, so that no person ever sees it.
    """

    language: str
    answer: str | Mapping[str, Any]
    quality: Quality
    why: str
    is_blocked: bool

    @property
    def expected(self) -> str:
        """The verdict a careful annotator reaches."""
        return EXPECTED[self.quality]

    @property
    def raw_output(self) -> str:
        """The answer as a batch file holds it."""
        if isinstance(self.answer, str):
            return self.answer
        return json.dumps(self.answer, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One English source with its picture and its candidates by language.

    `copies` counts the circular copies of a multiple-choice item; its picture is
    given once, so a later item may point at it with `same_picture_as`.
    """

    name: str
    kind: Kind
    picture: str
    source: Mapping[str, Any]
    candidates: Mapping[str, Candidate]
    group: str = ""
    transcripts: tuple[str, ...] = ()
    l2_category: str = ""
    copies: int = 0
    same_picture_as: str = ""


def load() -> list[Item]:
    """Every item, kind by kind in the order of the files. Raises CatalogueError."""
    return [item for kind in KINDS for item in _of_kind(kind)]


def _of_kind(kind: Kind) -> list[Item]:
    rows = json.loads((TEXTS / f"{kind}.json").read_text(encoding="utf-8"))
    return [_item(kind, row) for row in rows]


def _item(kind: Kind, row: dict[str, Any]) -> Item:
    name = row["name"]
    try:
        parse(kind, row["source"])
    except ContentError as error:
        raise CatalogueError(f"{kind} {name}: {error}") from None
    found = row.pop("candidates")
    if tuple(sorted(found)) != tuple(sorted(LANGUAGES)):
        raise CatalogueError(f"{kind} {name}: candidates in {', '.join(found)}")
    made = {
        code: _candidate(f"{kind} {name} {code}", code, found[code])
        for code in LANGUAGES
    }
    row["transcripts"] = tuple(row.get("transcripts", ()))
    return Item(kind=kind, candidates=made, **row)


def _candidate(where: str, language: str, row: dict[str, Any]) -> Candidate:
    quality, why = row["quality"], row.get("why", "")
    if quality not in get_args(Quality):
        raise CatalogueError(f"{where}: quality {quality!r}")
    if bool(why) == (quality == "good"):
        raise CatalogueError(f"{where}: a fault has a reason, a good text has none")
    return Candidate(
        language=language,
        answer=row["text"],
        quality=quality,
        why=why or FAITHFUL,
        is_blocked=row.get("blocked", False),
    )
