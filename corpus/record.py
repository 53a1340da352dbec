"""What a reader yields, and what a writer takes: plain values, no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any, TypeAlias

from corpus.content import Content
from corpus.plain_text import counted


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the image of a record is: bytes at hand, an address, or both.

    `sha256` is what upstream claims (hex), not what was measured.
    """

    data: bytes | None = None
    url: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One upstream item. `key` is its identity inside the dataset, stable for ever.

    `upstream` keeps, by their upstream names, the columns that a release must give
    back and that are no part of the content (index, category, split, transcripts).
    `line` is where it stands, counted as in RowError; 0 if it comes from no file.
    `group` ties records that belong together, such as the two questions of an MME pair.
    """

    key: str
    content: Content
    picture: Picture | None = None
    group: str = ""
    upstream: Mapping[str, Any] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


class RowNumber(int):
    """The number of a row, from 1, in a file that has no lines, such as parquet."""


def place(line: int) -> str:
    """What people call it: "line 7", or "row 7" where there are no lines."""
    return f"row {line}" if isinstance(line, RowNumber) else f"line {line}"


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be read. `line` is 1-based as a text editor counts a TSV
    (the header is line 1), and a RowNumber in a parquet file."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{place(self.line)}{column}: {self.reason}"

    def as_json(self) -> dict[str, str | int]:
        return {
            "line": int(self.line),
            "place": place(self.line),
            "column": self.column,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that only says again what other rows say, and so is no item of its own."""

    line: int


#: What a row of a file may turn out to be.
Found: TypeAlias = Record | RowError | Repeat


def merged(rows: int, repeats: int, bad: int = 0) -> str:
    """What became of rows of which some repeat others.

    >>> merged(18, 12)
    '18 rows, 12 of them repeats of others: 6 items'
    """
    said = f"{counted(rows, 'row', 'rows')}, {repeats:,} of them "
    said += "a repeat of another" if repeats == 1 else "repeats of others"
    refused = f", {bad:,} bad" if bad else ""
    return f"{said}{refused}: {counted(rows - repeats - bad, 'item', 'items')}"


@dataclass(frozen=True, slots=True)
class ReleaseItem:
    """One accepted (item, language), as a release writer receives it.

    `content` is the accepted text in `language`; `source` the English it came from.
    `dataset` is name and revision ("pixmo-cap@2024-09"), `key` the item's upstream key,
    `licence` an SPDX expression: a native text brings another one to its item's,
    `origin` one of source, regenerated, translated, native, edited; `provenance` a flat
    mapping of what made the text (model, revision, template hash, ...), of an edited
    one what made the text that was edited.
    """

    dataset: str
    revision: str
    licence: str
    attribution: str
    key: str
    group: str
    language: str
    origin: str
    content: Content
    source: Content
    upstream: Mapping[str, Any]
    image_sha256: str
    image_url: str
    #: The file that holds the original bytes; "" when there is no image. It may be fetched
    #: when it is opened and go after, so no path made of it is kept.
    image_path: str | PathLike[str]
    candidate_id: int
    judgments: int
    provenance: Mapping[str, Any]
