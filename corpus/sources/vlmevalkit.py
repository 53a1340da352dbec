"""Benchmarks as the TSV that VLMEvalKit reads: a row each, with its picture inside.

A picture cell holds base64, or the index of the row that does.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.record import Found, Picture, Record, RowError
from corpus.sources.cells import Cells, is_missing, whole_number
from corpus.sources.reading import PictureOf, records
from corpus.sources.source import CellError
from corpus.sources.tsv import Table

#: A cell up to this long is no picture but the index of the row that holds it.
LONGEST_REFERENCE = 64


def read(
    path: Path,
    columns: tuple[str, ...],
    record: Callable[[int, Cells, PictureOf], Record | None],
) -> Iterator[Found]:
    """The records of the rows. `columns` must be there, beside index and image."""
    with opened(path, columns) as (table, picture_of):
        yield from records(
            rows(table),
            lambda line, cells: record(line, cells, picture_of),
            key_column="index",
        )


@contextmanager
def opened(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Table, PictureOf]]:
    """The table with these columns, and the function that finds its pictures."""
    with path.open("rb") as file:
        table = Table(path, file)
        table.require("index", "image", *columns)
        yield table, _Pictures(table).of


def rows(table: Table) -> Iterator[tuple[int, Cells | RowError]]:
    """First line and cells of every row."""
    for row in table.rows():
        yield row.line, row if isinstance(row, RowError) else dict(row.cells)


class _Pictures:
    """Resolves picture cells. Where rows begin is looked up once, when first needed."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._offsets: dict[int, int] | None = None

    def of(self, cells: Cells) -> Picture | None:
        cell: str = cells["image"]
        if is_missing(cell):
            return None
        if len(cell) > LONGEST_REFERENCE:
            return _decoded(cell)
        try:
            index = whole_number("image", cell)
        except CellError:
            reason = f"{cell!r} is neither a picture nor an index"
            raise CellError("image", reason) from None
        return self._held_by(index)

    def _held_by(self, index: int) -> Picture:
        if self._offsets is None:
            self._offsets = self._locate()
        if index not in self._offsets:
            raise CellError("image", f"refers to row {index}, which holds no picture")
        return _decoded(self._table.row_at(self._offsets[index]).cells["image"])

    def _locate(self) -> dict[int, int]:
        offsets: dict[int, int] = {}
        with self._table.path.open("rb") as file:
            for row in Table(self._table.path, file).rows():
                if isinstance(row, RowError):
                    continue
                if len(row.cells["image"]) <= LONGEST_REFERENCE:
                    continue
                try:
                    index = whole_number("index", row.cells["index"])
                except CellError:
                    continue
                offsets.setdefault(index, row.offset)
        return offsets


def _decoded(cell: str) -> Picture:
    try:
        return Picture(data=base64.b64decode(cell, validate=True))
    except (binascii.Error, ValueError):
        raise CellError("image", "is not base64") from None
