"""The untouched English rows of the samples come back as they were."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.formats import benchmark_parquet, vlmevalkit_tsv
from corpus.formats.benchmark_proof import prove
from corpus.formats.benchmark_rows import Rows
from corpus.formats.vlmevalkit_names import Scoring, table_name
from corpus.formats.vlmevalkit_rows import refusals
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
TSV = {
    "mmbench": "MMBench/MMBench_DEV_EN.tsv",
    "scienceqa": "ScienceQA/ScienceQA_TEST.tsv",
    "mme": "MME/MME.tsv",
    "pope": "POPE/POPE.tsv",
    "ai2d": "ai2d/AI2D_TEST.tsv",
}
SCORING: dict[str, Scoring] = {"mmbench": "circular", "mme": "mme", "pope": "pope"}


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


def sortable(row: dict[str, Any]) -> str:
    return repr(sorted((name, repr(cell)) for name, cell in row.items()))


def upstream_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a sample, its picture as bytes; the word nan is a null in a release."""
    image = row["image"] and row["image"]["bytes"]
    return {name: None if cell == "nan" else cell for name, cell in row.items()} | {
        "image": image
    }


@pytest.mark.parametrize("name", PARQUET)
def test_rows_of_the_hub_come_back(tmp_path: Path, name: str) -> None:
    path = SAMPLES / PARQUET[name]
    items = accepted(name, path, tmp_path)
    rows = Rows(circular=name == "mmbench", repeats=name == "pope")
    parts = benchmark_parquet.write(
        items, tmp_path / "release", rows=rows, whole=name == "mme"
    )
    prove(items, tmp_path / "release", parts, rows=rows)

    old, new = pq.read_table(path), pq.read_table(tmp_path / "release" / parts[0].path)
    missing = [column for column in old.schema.names if column not in new.schema.names]
    assert missing == []
    for field in old.schema:
        assert new.schema.field(field.name).type == field.type, field.name
    theirs = [upstream_row(row) for row in old.to_pylist()]
    ours = [upstream_row(row) for row in new.select(old.schema.names).to_pylist()]
    assert sorted(map(sortable, ours)) == sorted(map(sortable, theirs))


@pytest.mark.parametrize("name", TSV)
def test_rows_of_the_tables_come_back(tmp_path: Path, name: str) -> None:
    path = SAMPLES / TSV[name]
    items = accepted(name, path, tmp_path)
    # an option that reads `None` is refused, since pandas takes it for a blank
    items = [item for item in items if not refusals(item)]
    scoring = SCORING.get(name, "plain")
    stem = table_name(name, split="test", scoring=scoring)
    parts = vlmevalkit_tsv.write(items, tmp_path, name=stem, scoring=scoring)
    prove(items, tmp_path, parts, rows=Rows(circular=scoring == "circular"))

    def table(where: Path) -> Any:
        # the reference to another row's picture is not the picture
        return pd.read_csv(where, sep="\t").sort_values("index", ignore_index=True)

    ours, theirs = table(tmp_path / parts[0].path), table(path)
    if name == "mmbench":
        theirs = theirs[theirs["index"] % 1_000_000 != 977].reset_index(drop=True)
    kept = [column for column in theirs.columns if column not in ("image", "comment")]
    pd.testing.assert_frame_equal(ours[kept], theirs[kept], check_dtype=False)
    assert len(items) >= 3
