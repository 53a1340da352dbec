"""MMBench: multiple choice with one image, as the TSV that VLMEvalKit reads."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.content import LETTERS, ContentError, parse
from corpus.record import Picture, Record, RowError
from corpus.sources.source import CellError, SourceError
from corpus.sources.tsv import Row, Table

#: Rows from here on repeat an item with its options rotated.
FIRST_CIRCULAR_INDEX = 1_000_000

#: A cell up to this long is no picture but the index of the row that holds it.
LONGEST_REFERENCE = 64

_CONTENT_COLUMNS = {"index", "question", "hint", "answer", "category", "image"}


def read(path: Path) -> Iterator[Record | RowError]:
    """One record per question; the circular copies are left to the release."""
    with path.open("rb") as file:
        table = Table(path, file)
        table.require("index", "question", "A", "B", "answer", "image")
        pictures = _Pictures(table)
        seen: dict[int, int] = {}
        only_copies = True
        for row in table.rows():
            if isinstance(row, RowError):
                only_copies = False
                yield row
                continue
            try:
                index = _index(row)
                if index >= FIRST_CIRCULAR_INDEX:
                    continue
                only_copies = False
                if index in seen:
                    raise CellError(
                        "index", f"{index} is already on line {seen[index]}"
                    )
                seen[index] = row.line
                yield _record(index, row, pictures)
            except CellError as error:
                only_copies = False
                yield RowError(row.line, error.column, error.reason)
        if only_copies:
            raise SourceError(f"{path.name}: the file holds circular copies only.")


class _Pictures:
    """Resolves picture cells. Where rows begin is looked up once, when first needed."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._offsets: dict[int, int] | None = None

    def of(self, row: Row) -> bytes:
        cell = row.cells["image"]
        if _is_absent(cell):
            raise CellError("image", "there is no picture")
        if len(cell) > LONGEST_REFERENCE:
            return _decode(cell)
        if not _is_index(cell):
            raise CellError("image", f"{cell!r} is neither a picture nor an index")
        return self._held_by(int(cell))

    def _held_by(self, index: int) -> bytes:
        if self._offsets is None:
            self._offsets = self._locate()
        if index not in self._offsets:
            raise CellError("image", f"refers to row {index}, which holds no picture")
        return _decode(self._table.row_at(self._offsets[index]).cells["image"])

    def _locate(self) -> dict[int, int]:
        offsets: dict[int, int] = {}
        with self._table.path.open("rb") as file:
            for row in Table(self._table.path, file).rows():
                if isinstance(row, RowError):
                    continue
                index = row.cells["index"].strip()
                if len(row.cells["image"]) > LONGEST_REFERENCE and _is_index(index):
                    offsets.setdefault(int(index), row.offset)
        return offsets


def _record(index: int, row: Row, pictures: _Pictures) -> Record:
    cells = row.cells
    fields: dict[str, Any] = {
        "question": cells["question"],
        "options": _options(cells),
        "key": cells["answer"].strip(),
        "hint": _text_or_none(cells.get("hint")),
        "category": _text_or_none(cells.get("category")),
    }
    if _is_absent(cells["answer"]):
        raise CellError("answer", "there is no answer (those of test are not public)")
    try:
        content = parse("multiple_choice", fields)
    except ContentError as error:
        raise _renamed(error) from None
    upstream = {
        name: cell
        for name, cell in cells.items()
        if name not in _CONTENT_COLUMNS and len(name) > 1 and not _is_absent(cell)
    }
    return Record(
        key=str(index),
        content=content,
        picture=Picture(data=pictures.of(row)),
        upstream={"index": index, **upstream},
        line=row.line,
    )


def _index(row: Row) -> int:
    cell = row.cells["index"].strip()
    if not _is_index(cell):
        raise CellError("index", f"expected a whole number, got {cell[:40]!r}")
    return int(cell)


def _is_index(cell: str) -> bool:
    return re.fullmatch("[0-9]{1,18}", cell) is not None


def _options(cells: dict[str, str]) -> list[str]:
    """The options up to the last one that is there; none may be missing before it."""
    letters = [letter for letter in LETTERS if letter in cells]
    present = [letter for letter in letters if not _is_absent(cells[letter])]
    for letter, expected in zip(present, LETTERS, strict=False):
        if letter != expected:
            raise CellError(expected, f"is blank although option {letter} is not")
    return [cells[letter] for letter in present]


def _is_absent(cell: str | None) -> bool:
    # the word nan is what upstream writes for a missing cell; None is a real answer
    return cell is None or cell.strip() in ("", "nan")


def _text_or_none(cell: str | None) -> str | None:
    return None if _is_absent(cell) else cell


def _decode(cell: str) -> bytes:
    try:
        return base64.b64decode(cell, validate=True)
    except (binascii.Error, ValueError):
        raise CellError("image", "is not base64") from None


def _renamed(error: ContentError) -> CellError:
    """The complaint under the column's name: the key stands in `answer`."""
    found = CellError.of(error)
    column = {"key": "answer", "options": "A"}.get(found.column, found.column)
    return CellError(column.removeprefix("option "), found.reason)
