"""Reads written benchmarks back, whichever format they are in, as plain rows."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from corpus.content import LETTERS
from corpus.formats.release import ReleaseError
from corpus.record import RowError
from corpus.sources.tsv import Table

#: Rows of a parquet file that are in memory at once, with their pictures.
BATCH = 20


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """What a reader of the file gets. `key` is a letter, or Yes or No."""

    where: str
    id: str
    index: int | None
    options: tuple[str, ...]
    key: str
    image_sha256: str


def read_table(path: Path) -> Iterator[WrittenRow]:
    """The rows of a VLMEvalKit TSV; raises ReleaseError where one cannot be read."""
    holders: dict[str, str] = {}
    with path.open("rb") as file:
        for row in Table(path, file).rows():
            if isinstance(row, RowError):
                raise ReleaseError(f"{path.name}, {row}.")
            cells, where = row.cells, f"{path.name}, line {row.line}"
            image = cells["image"]
            if image not in holders:
                holders[cells["index"]] = _sha256(where, image)
            yield WrittenRow(
                where=where,
                id=cells["id"],
                index=int(cells["index"]),
                options=tuple(cells[c] for c in LETTERS if cells.get(c)),
                key=cells["answer"],
                image_sha256=holders.get(image) or holders[cells["index"]],
            )


def read_parquet(path: Path) -> Iterator[WrittenRow]:
    """The rows of a parquet file in the columns of its benchmark."""
    file, number = pq.ParquetFile(path), 0
    for batch in file.iter_batches(batch_size=BATCH):
        for row in batch.to_pylist():
            number += 1
            options = _options(row)
            yield WrittenRow(
                where=f"{path.name}, row {number}",
                id=row.get("item_id") or row["id"],
                index=row.get("index"),
                options=options,
                key=_key(row["answer"], options),
                image_sha256=_hash(row["image"]["bytes"]) if row["image"] else "",
            )


def _options(row: Mapping[str, Any]) -> tuple[str, ...]:
    listed = row.get("choices") or row.get("options")
    if listed:
        return tuple(listed)
    return tuple(row[c] for c in LETTERS if row.get(c) is not None)


def _key(answer: str | int, options: tuple[str, ...]) -> str:
    if not options:
        return str(answer).capitalize()
    is_place = isinstance(answer, int) or answer.isdecimal()
    return LETTERS[int(answer)] if is_place else str(answer)


def _sha256(where: str, cell: str) -> str:
    try:
        return _hash(base64.b64decode(cell, validate=True))
    except (binascii.Error, ValueError):
        raise ReleaseError(f"{where}: the picture is not base64.") from None


def _hash(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest()
