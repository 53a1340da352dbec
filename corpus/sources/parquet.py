"""Rows of a parquet file, a batch at a time, with the file's faults made plain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa

from corpus.plain_text import storable
from corpus.record import Picture, RowError, RowNumber
from corpus.sources.cells import Cells
from corpus.sources.parquet_apart import batches
from corpus.sources.parquet_child import first_line, opened
from corpus.sources.parquet_shapes import SHAPES, Shape, is_picture, is_plain
from corpus.sources.source import CellError, SourceError

# A few equal texts take no room in the file and much in memory: keep batches small.
ROWS_PER_BATCH = 64
#: A picture may take megabytes, and a batch is in memory twice.
PICTURES_PER_BATCH = 16
#: What one batch may take once decoded, and the largest cell that is nothing special.
BATCH_BYTES = 32 * 1024 * 1024
USUAL_CELL = 32 * 1024

#: Column name -> the shape it must have. All of them must be there.
Wanted: TypeAlias = dict[str, Shape]


def rows(
    path: Path, wanted: Wanted, *, without: Collection[str] = ()
) -> Iterator[tuple[int, Cells | RowError]]:
    """Row number from 1, and the row: the wanted columns, and all that fit into JSON.

    Raises SourceError when the file is no parquet, lacks a column, has one of the
    wrong type, has no rows, or breaks off in the middle. Columns `without` are not
    read at all.
    """
    number = 0
    with _opened(path) as file:
        schema = file.schema_arrow
        _require(path, schema, wanted)
        if not file.metadata.num_rows:
            raise SourceError(f"{path.name}: the file holds no rows.")
        columns = [name for name in _columns(schema, wanted) if name not in without]
        _require_names(path, columns)
        has_pictures = any(is_picture(schema.field(name).type) for name in columns)
        size = PICTURES_PER_BATCH if has_pictures else ROWS_PER_BATCH
        size = min(size, _rows_that_fit(file.metadata, columns))
    for batch in batches(path, columns, size):
        for row in _decoded(batch, number):
            number += 1
            yield RowNumber(number), row


def _require_names(path: Path, columns: Sequence[str]) -> None:
    for name in columns:
        if name != storable(name):
            shown = storable(name, 80)
            raise SourceError(
                f"{path.name}: the column name {shown!r} is no plain text."
            )


def _rows_that_fit(footer: Any, columns: Collection[str]) -> int:
    """How many rows to decode at once so that they stay within BATCH_BYTES.

    A small file may hold huge cells: compressed, repeated, or lists without end.
    """
    most = 1
    for place in range(footer.num_row_groups):
        group = footer.row_group(place)
        for n in range(group.num_columns):
            chunk = group.column(n)
            if chunk.path_in_schema.partition(".")[0] in columns:
                most = max(most, _cell_bytes(chunk, max(group.num_rows, 1)))
    return max(BATCH_BYTES // most, 1)


def _cell_bytes(chunk: Any, rows: int) -> int:
    """About how large a cell of this column gets."""
    each = max(chunk.total_uncompressed_size, 8 * chunk.num_values) // rows
    if chunk.has_dictionary_page and each > USUAL_CELL:
        # A dictionary holds a value once, whatever the number of its rows.
        return int(chunk.total_uncompressed_size)
    return int(each)


def column_names(path: Path) -> list[str]:
    """The columns of the file. Raises SourceError when it is no parquet file."""
    with _opened(path) as file:
        names: list[str] = file.schema_arrow.names
        return names


def picture_of(cells: Cells) -> Picture | None:
    """The picture in the column `image`, a struct or bytes; None if it is missing."""
    cell = cells["image"]
    if isinstance(cell, dict):
        if cell.get("bytes") is None and cell.get("path"):
            raise CellError("image", "holds the name of a file and not its bytes")
        cell = cell.get("bytes")
    return Picture(data=cell) if cell else None


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        file = opened(path)
    except (pa.ArrowException, OSError) as error:
        reason = first_line(error)
        raise SourceError(f"{path.name}: not a parquet file ({reason}).") from None
    with file:
        yield file


def _require(path: Path, schema: Any, wanted: Wanted) -> None:
    for name, shape in wanted.items():
        if schema.names.count(name) != 1:
            found = ", ".join(schema.names)
            raise SourceError(
                f"{path.name}: expected one column {name}, found: {found[:300]}."
            )
        kind = schema.field(name).type
        if not SHAPES[shape](kind):
            raise SourceError(
                f"{path.name}: column {name} holds {kind}, expected {shape}."
            )


def _columns(schema: Any, wanted: Wanted) -> list[str]:
    """In file order. A column that JSON has no form for is left out."""
    return [
        name
        for name in schema.names
        if name in wanted
        or (schema.names.count(name) == 1 and is_plain(schema.field(name).type))
    ]


def _decoded(batch: Any, before: int) -> Iterator[Cells | RowError]:
    """The rows of a batch; one that is not UTF-8 does not take the others along."""
    try:
        yield from batch.to_pylist()
        return
    except UnicodeDecodeError:
        pass
    for position in range(batch.num_rows):
        row: Cells = {}
        for name in batch.schema.names:
            try:
                row[name] = batch.column(name)[position].as_py()
            except UnicodeDecodeError:
                number = RowNumber(before + position + 1)
                yield RowError(number, name, "is not UTF-8")
                break
        else:
            yield row
