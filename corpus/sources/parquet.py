"""Rows of a parquet file, a batch at a time, with the file's faults made plain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.record import RowError
from corpus.sources.source import SourceError

ROWS_PER_BATCH = 512

#: Column name -> "text" or "texts", the two shapes a column may be asked to have.
Wanted: TypeAlias = dict[str, str]
Row: TypeAlias = dict[str, Any]


def rows(path: Path, wanted: Wanted) -> Iterator[tuple[int, Row | RowError]]:
    """Row number from 1, and the wanted columns of the row.

    Raises SourceError when the file is no parquet, lacks a column, has one of the
    wrong type, has no rows, or breaks off in the middle.
    """
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            _require(path, file.schema_arrow, wanted)
            if not file.metadata.num_rows:
                raise SourceError(f"{path.name}: the file holds no rows.")
            for batch in file.iter_batches(ROWS_PER_BATCH, columns=list(wanted)):
                for row in _decoded(batch, number):
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
        where = f"broken after row {number}" if number else "not a parquet file"
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(f"{path.name}: {where} ({reason}).") from None


def _require(path: Path, schema: Any, wanted: Wanted) -> None:
    for name, shape in wanted.items():
        if schema.names.count(name) != 1:
            found = ", ".join(schema.names)
            raise SourceError(
                f"{path.name}: expected one column {name}, found: {found}."
            )
        kind = schema.field(name).type
        if not (_is_text(kind) if shape == "text" else _is_texts(kind)):
            raise SourceError(
                f"{path.name}: column {name} holds {kind}, expected {shape}."
            )


def _is_text(kind: Any) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
    )


def _is_texts(kind: Any) -> bool:
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    # a column in which every list is empty is written as a list of nulls
    return is_list and (_is_text(kind.value_type) or pa.types.is_null(kind.value_type))


def _decoded(batch: Any, before: int) -> Iterator[Row | RowError]:
    """The rows of a batch; one that is not UTF-8 does not take the others along."""
    try:
        yield from batch.to_pylist()
        return
    except UnicodeDecodeError:
        pass
    for position in range(batch.num_rows):
        row: Row = {}
        for name in batch.schema.names:
            try:
                row[name] = batch.column(name)[position].as_py()
            except UnicodeDecodeError:
                yield RowError(before + position + 1, name, "is not UTF-8")
                break
        else:
            yield row
