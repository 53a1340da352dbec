"""The samples of the benchmarks as they are released, and compared with what came out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from corpus.languages import NAMES
from corpus.record import Record, ReleaseItem
from corpus.sources import READERS
from tests.corpus.contents import SAMPLES
from tests.corpus.releases import release_item

PARQUET = {
    "mmbench": "MMBench/en/dev-00000-of-00001.parquet",
    "scienceqa": "ScienceQA/ScienceQA-FULL/test-00000-of-00001.parquet",
    "mme": "MME/data/test-00000-of-00001.parquet",
    "pope": "POPE/data/test-00000-of-00001.parquet",
    "ai2d": "ai2d/data/test-00000-of-00001.parquet",
}
#: An option of this item reads `None`, so no table holds it.
LEFT_OUT = {"mmbench": 977}


def accepted(name: str, path: Path, folder: Path) -> list[ReleaseItem]:
    """Every record of the file, accepted as it is."""
    return sorted(_items(name, path, folder), key=lambda item: item.key)


def _items(name: str, path: Path, folder: Path) -> Iterator[ReleaseItem]:
    for record in READERS[name].read(path):
        assert isinstance(record, Record), record
        picture = None
        if record.picture:
            assert record.picture.data
            sha256 = hashlib.sha256(record.picture.data).hexdigest()
            picture = folder / sha256
            picture.write_bytes(record.picture.data)
        yield release_item(
            record.content,
            dataset=name,
            key=record.key,
            group=record.group,
            language="en",
            origin="source",
            upstream=record.upstream,
            picture=picture,
        )


def in_all_languages(name: str, folder: Path) -> list[ReleaseItem]:
    """The hub's sample, each language in the words of the source, in release order."""
    english = accepted(name, SAMPLES / PARQUET[name], folder)
    return [
        replace(item, language=language, origin=origin)
        for language in sorted(NAMES)
        for origin in ["source" if language == "en" else "translated"]
        for item in english
    ]


def assert_hub_rows(sample: Path, written: Sequence[Path]) -> None:
    """Every column that the hub has, in its type, and the bytes of every picture."""
    old = pq.read_table(sample)
    theirs = [_plain(row) for row in old.to_pylist()]
    ours = []
    for path in written:
        new = pq.read_table(path)
        names = new.schema.names
        assert [name for name in old.schema.names if name not in names] == []
        for field in old.schema:
            assert new.schema.field(field.name).type == field.type, field.name
        ours += [_plain(row) for row in new.select(old.schema.names).to_pylist()]
    assert sorted(map(_sortable, ours)) == sorted(map(_sortable, theirs))
    assert any(row["image"] for row in ours)


def assert_table_rows(name: str, sample: Path, written: Path) -> None:
    """Every column but upstream's remarks, and the bytes of every picture."""
    ours, theirs = _table(written), _table(sample)
    if name in LEFT_OUT:
        is_left_out = theirs["index"] % 1_000_000 == LEFT_OUT[name]
        theirs = theirs[~is_left_out].reset_index(drop=True)
    kept = [column for column in theirs.columns if column != "comment"]
    pd.testing.assert_frame_equal(ours[kept], theirs[kept], check_dtype=False)
    assert len(ours) >= 3


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its picture as bytes; the word nan is a null in a release."""
    image = row["image"] and row["image"]["bytes"]
    return {name: None if cell == "nan" else cell for name, cell in row.items()} | {
        "image": image
    }


def _sortable(row: dict[str, Any]) -> str:
    return repr(sorted((name, repr(cell)) for name, cell in row.items()))


def _table(path: Path) -> Any:
    """As its users read it, with the picture itself wherever one is referred to."""
    table = pd.read_csv(path, sep="\t").sort_values("index", ignore_index=True)
    cells = dict(zip(table["index"].astype(str), table["image"], strict=True))
    held = [cells.get(str(cell), cell) for cell in table["image"]]
    return table.assign(image=[base64.b64decode(cell, validate=True) for cell in held])
