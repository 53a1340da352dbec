"""Columns of a ratings file: CSV, TSV or parquet, as it is or packed with gzip."""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from quality.agreement.columns import MISSING, Coder, Codes, Column

DELIMITERS: Final = (",", "\t", ";", "|")
# Few enough to stay in the processor's cache: with 65,536 it takes twice as long.
_ROWS_AT_ONCE: Final = 256
_PLAIN: Final = "save it as CSV in UTF-8, with one header line"


class RatingFileError(ValueError):
    """The file cannot be read. The message is one sentence that names the file."""


@dataclass(frozen=True, slots=True, eq=False)
class RatingFile:
    """The columns asked for, by name, and where each row stands in the file.

    `lines` (R,) are the lines on which rows begin, from 1; None for parquet. `digest` is
    the SHA-256 of the file as it lies there, packed or not.
    """

    name: str
    columns: dict[str, Column]
    lines: Codes | None
    digest: str = ""

    def place(self, row: int) -> str:
        """Where a row, counted from 0, is found: "line 7"."""
        if self.lines is None:
            return f"row {row + 1}"
        return f"line {self.lines[row]}"


def column_names(path: Path, *, quotes: bool = True) -> list[str]:
    """The header of the file; without `quotes` their marks are read as themselves."""
    if _is_parquet(path):
        with _parquet_faults(path):
            names: list[str] = pq.read_schema(path).names
            return names
    with _opened(path) as file:
        return _Rows(path, file, quotes).header


def read_columns(
    path: Path,
    wanted: Sequence[str],
    *,
    missing: Collection[str] = MISSING,
    quotes: bool = True,
) -> RatingFile:
    """The columns `wanted`; cells that are empty or one of `missing` count as gaps.

    RatingFileError for a file that is missing, empty, broken or not UTF-8, and for a
    column that is not there, or there twice. A cell of a .tsv that goes over several
    lines is refused unless quotation marks are read as themselves, without `quotes`.
    """
    names = list(dict.fromkeys(wanted))
    have = column_names(path, quotes=quotes)
    for name in names:
        if have.count(name) != 1:
            trouble = "there is no" if name not in have else "there are two of"
            raise RatingFileError(
                f"{path.name}: {trouble} column {name!r}; the file has {', '.join(have)}."
            )
    if _is_parquet(path):
        columns = _from_parquet(path, names, missing)
        found = RatingFile(path.name, columns, None, _digest(path))
    else:
        with _opened(path) as file:
            found = _from_text(_Rows(path, file, quotes), names, missing)
        found = replace(found, digest=_digest(path))
    if not any(len(column) for column in found.columns.values()):
        raise RatingFileError(f"{path.name}: there is a header and no row below it.")
    return found


class _Rows:
    """Rows of a delimited text below its header, each with its first line."""

    def __init__(self, path: Path, file: TextIO, quotes: bool) -> None:
        self.name = path.name
        self._is_tsv = _is_tsv(path)
        first = self._first_line(file)
        self._reader = csv.reader(
            file,
            delimiter="\t" if self._is_tsv else _delimiter(first),
            quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
            strict=True,
        )
        self.header = [name.strip() for name in self._next(1)]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        while True:
            line = self._reader.line_num + 1
            try:
                row = self._next(line)
            except StopIteration:
                return
            if self._is_tsv and self._reader.line_num > line:
                raise RatingFileError(
                    f"{self.name}: the cell that begins on line {line} with a quotation "
                    f"mark ends on line {self._reader.line_num}; add --no-quotes if the "
                    "marks are part of the texts, or save the table as CSV."
                )
            if len(row) == width:
                yield line, row
            elif row:
                raise RatingFileError(
                    f"{self.name}: line {line} has {len(row)} cells and the header "
                    f"has {width}; put quotation marks around a cell that holds the "
                    "delimiter."
                )

    def _next(self, line: int) -> list[str]:
        try:
            return next(self._reader)
        except UnicodeDecodeError as error:
            raise self._not_utf8(error) from None
        except csv.Error as error:
            raise RatingFileError(
                f"{self.name}: line {line} is no row of a table ({error}); "
                "look for a quotation mark that is never closed, or add --no-quotes."
            ) from None

    def _first_line(self, file: TextIO) -> str:
        try:
            first = file.readline()
            file.seek(0)
        except UnicodeDecodeError as error:
            raise self._not_utf8(error) from None
        if not first.strip():
            raise RatingFileError(
                f"{self.name}: the file is empty or begins with an empty line; {_PLAIN}."
            )
        return first

    def _not_utf8(self, error: UnicodeDecodeError) -> RatingFileError:
        seen = error.object[error.start : error.start + 1].hex()
        return RatingFileError(
            f"{self.name}: the file is not UTF-8 text (byte 0x{seen}); {_PLAIN}."
        )


def _from_text(
    rows: _Rows, names: Sequence[str], missing: Collection[str]
) -> RatingFile:
    places = [rows.header.index(name) for name in names]
    coders = [Coder(missing) for _ in names]
    codes: list[list[int]] = [[] for _ in names]
    lines: list[int] = []
    below = iter(rows)
    while chunk := list(islice(below, _ROWS_AT_ONCE)):
        lines.extend([line for line, _ in chunk])
        for place, coder, found in zip(places, coders, codes, strict=True):
            found.extend(coder.codes([row[place] for _, row in chunk]))
    columns = {
        name: Column(coder.names, np.asarray(found, np.int64))
        for name, coder, found in zip(names, coders, codes, strict=True)
    }
    return RatingFile(rows.name, columns, np.asarray(lines, np.int64))


def _from_parquet(
    path: Path, names: Sequence[str], missing: Collection[str]
) -> dict[str, Column]:
    with _parquet_faults(path):
        table = pq.read_table(path, columns=list(names))
    columns = {}
    for name in names:
        cells = table.column(name)
        if pa.types.is_floating(cells.type):
            # A shorter float is the text that it prints, not its digits as a longer one.
            cells = cells.cast(pa.string()) if cells.type != pa.float64() else cells
        if pa.types.is_nested(cells.type):
            raise RatingFileError(
                f"{path.name}: column {name!r} holds {cells.type} and not plain cells."
            )
        columns[name] = _decoded(cells.combine_chunks(), missing)
    return columns


def _decoded(cells: pa.Array, missing: Collection[str]) -> Column:
    """Only distinct cells become Python objects."""
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    coder = Coder(missing)
    # The place after the last is where null points to.
    places = np.array([*coder.codes(cells.dictionary.to_pylist()), -1], np.int64)
    codes = cells.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Column(coder.names, places[codes])


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    open_bytes = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with open_bytes(path, "rb") as raw:
            yield TextIOWrapper(cast(BinaryIO, raw), "utf-8-sig", newline="")
    except OSError as error:
        raise RatingFileError(f"{path.name}: {_why(error)}.") from None
    except (EOFError, zlib.error):
        raise RatingFileError(f"{path.name}: the gzip file is broken.") from None


@contextmanager
def _parquet_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise RatingFileError(f"{path.name}: {_why(error)}.") from None


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    said = getattr(error, "strerror", None) or str(error)
    return f"cannot be read ({said.splitlines()[0].rstrip('.')})"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_tsv(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    return name.endswith((".tsv", ".tab"))


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() in (".parquet", ".pq")


def _delimiter(header: str) -> str:
    """The one that the header holds most often, a comma where it holds none."""
    return max(DELIMITERS, key=re.sub(r'"[^"]*"', "", header).count)
