"""Rows of a VLMEvalKit TSV, streamed, with the line each one starts on.

The files are written by pandas: tabs between cells, quotation marks around a cell that
holds a tab, a quotation mark or a line break. A cell may hold a whole picture.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.record import RowError
from corpus.sources.source import SourceError, text_start

#: Longest cell, in characters: a picture of 24 MiB. The csv module needs four
#: bytes for each while it reads.
MAX_CELL = 32 * 1024 * 1024

#: Room for the other cells of a line; what is longer is read in pieces, and refused.
MAX_TEXTS = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells by column name, its first line, and where that line begins."""

    line: int
    offset: int
    cells: dict[str, str]


class _Lines:
    """Decoded lines of a file, with the line number and byte offset of the next."""

    def __init__(self, file: BinaryIO, line: int, offset: int) -> None:
        self.file = file
        self.line = line
        self.offset = offset
        file.seek(offset)

    def __iter__(self) -> Iterator[str]:
        # bytes that are no UTF-8 become lone surrogates, which spoil one row only
        while raw := self.file.readline(MAX_CELL + MAX_TEXTS):
            self.offset += len(raw)
            self.line += raw.endswith(b"\n")
            yield raw.decode("utf-8", "surrogateescape")


class Table:
    """A TSV file whose header has been read. Use `rows`, or `row_at` for one row."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        lines = _Lines(file, 1, text_start(path, file))
        csv.field_size_limit(MAX_CELL)  # the module's own is too small for a picture
        header = next(_parsed(lines), None)
        if header is None or isinstance(header, RowError):
            raise SourceError(f"{path.name}: the first line is no header.")
        if any(_is_damaged(name) for name in header.cells):
            raise SourceError(f"{path.name}: the file is not UTF-8 text.")
        names = [column_name(name) for name in header.cells]
        if len(set(names)) != len(names):
            raise SourceError(f"{path.name}: two columns have the same name.")
        self.path = path
        self.file = file
        self.columns = names
        self._start = (lines.line, lines.offset)

    def require(self, *names: str) -> None:
        """Raises SourceError unless the file has all these columns."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            raise SourceError(
                f"{self.path.name}: there is no column {', '.join(missing)}; "
                f"found: {', '.join(self.columns)[:200]}."
            )

    def rows(self) -> Iterator[Row | RowError]:
        """All rows after the header."""
        return self._rows(*self._start)

    def row_at(self, offset: int) -> Row:
        """The row known to start at this byte, through another handle on the file."""
        with self.path.open("rb") as file:
            row = next(Table(self.path, file)._rows(0, offset), None)
        if isinstance(row, Row):
            return row
        raise SourceError(f"{self.path.name}: the file changed while it was read.")

    def _rows(self, line: int, offset: int) -> Iterator[Row | RowError]:
        row = None
        for row in _parsed(_Lines(self.file, line, offset)):
            yield row if isinstance(row, RowError) else self._named(row)
        if row is None:
            raise SourceError(f"{self.path.name}: the file holds no rows.")

    def _named(self, row: _Cells) -> Row | RowError:
        if len(row.cells) != len(self.columns):
            have, want = len(row.cells), len(self.columns)
            return RowError(row.line, "", f"has {have} cells, the header has {want}")
        cells = dict(zip(self.columns, row.cells, strict=True))
        for name, cell in cells.items():
            if _is_damaged(cell):
                return RowError(row.line, name, "is not UTF-8")
            if "\x00" in cell:
                return RowError(row.line, name, "holds a NUL character")
        return Row(row.line, row.offset, cells)


@dataclass(frozen=True, slots=True)
class _Cells:
    line: int
    offset: int
    cells: list[str]


def _parsed(lines: _Lines) -> Iterator[_Cells | RowError]:
    reader = csv.reader(iter(lines), delimiter="\t", strict=True)
    while True:
        line, offset = lines.line, lines.offset
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield RowError(line, "", _csv_reason(str(error)))
            continue
        if cells:
            yield _Cells(line, offset, cells)


def _csv_reason(message: str) -> str:
    if "unexpected end" in message:
        return "a quotation mark is never closed: the rows after it cannot be read"
    if "field larger" in message:
        return f"a cell is longer than {MAX_CELL:,} characters"
    if "new-line character" in message:
        return "a carriage return stands outside quotation marks"
    return f"the row is not well formed ({message})"


def column_name(name: str) -> str:
    """Lower case, except for the option columns: one capital letter each."""
    return name if len(name) == 1 else name.lower()


def _is_damaged(cell: str) -> bool:
    if cell.isascii():  # a flag of the string: pictures cost nothing here
        return False
    return any("\udc80" <= c <= "\udcff" for c in cell)
