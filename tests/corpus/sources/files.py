"""Small files in the shapes of the sources, and reading them whole."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.record import Record, RowError
from corpus.sources import READERS
from tests.corpus.contents import PICTURE

BYTES = PICTURE.read_bytes()
BASE64 = base64.b64encode(BYTES).decode()
IMAGE = {"bytes": BYTES, "path": None}
IMAGE_TYPE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
TEXT = pa.string()
TEXTS = pa.list_(pa.string())


def parquet(
    folder: Path,
    rows: list[dict[str, Any]],
    *,
    name: str = "part.parquet",
    **types: Any,
) -> Path:
    """A file with the columns of the first row; text, unless `types` says otherwise."""
    fields = [(column, types.get(column, TEXT)) for column in rows[0]]
    path = folder / name
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(fields)), path)
    return path


def tsv(folder: Path, rows: list[dict[str, Any]], name: str = "bench.tsv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), dialect="excel-tab")
        table.writeheader()
        table.writerows(rows)
    return path


def lines(folder: Path, rows: list[Any], name: str = "rows.jsonl") -> Path:
    path = folder / name
    texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path


def read(source: str, path: Path) -> list[Record | RowError]:
    return list(READERS[source].read(path))


def records(source: str, path: Path) -> list[Record]:
    rows = read(source, path)
    assert [str(row) for row in rows if isinstance(row, RowError)] == []
    return [row for row in rows if isinstance(row, Record)]


def only(source: str, path: Path) -> Record:
    [record] = records(source, path)
    return record


def assert_only_the_second_is_refused(
    source: str, path: Path, column: str, reason: str, *, line: int = 2
) -> None:
    """`line` is where the second of the three rows stands."""
    before, error, after = read(source, path)
    assert isinstance(before, Record)
    assert isinstance(error, RowError), error
    assert isinstance(after, Record)
    assert (error.line, error.column) == (line, column)
    assert reason in error.reason
