"""What a source gave comes back from a release of its untouched English rows."""

import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import Kind
from corpus.formats import training_parquet
from corpus.record import Record, ReleaseItem
from corpus.sources import cosyn, pixmo_ask_model_anything, pixmo_cap
from tests.corpus.contents import SAMPLES
from tests.corpus.formats.writing import write

CAPTIONS = SAMPLES / "pixmo-cap" / "data" / "train-00000-of-00001.parquet"
QUESTIONS = (
    SAMPLES / "pixmo-ask-model-anything" / "data" / "train-00000-of-00001.parquet"
)
CHARTS = SAMPLES / "CoSyn-400K" / "chart" / "train-00000-of-00001.parquet"
FORMULAS = SAMPLES / "CoSyn-400K" / "math" / "train-00000-of-00001.parquet"

SETS = [
    (pixmo_cap, CAPTIONS, "caption"),
    (pixmo_ask_model_anything, QUESTIONS, "question_answer"),
    (cosyn, CHARTS, "conversation"),
    (cosyn, FORMULAS, "conversation"),
]


def untouched(record: Record, folder: Path) -> ReleaseItem:
    """The English row of a record; its image has been stored, if it came along."""
    assert record.picture is not None
    path, sha256 = "", ""
    if record.picture.data is not None:
        sha256 = hashlib.sha256(record.picture.data).hexdigest()
        stored = folder / sha256
        stored.write_bytes(record.picture.data)
        path = str(stored)
    return ReleaseItem(
        dataset="set",
        revision="1",
        licence="ODC-BY-1.0",
        attribution="",
        key=record.key,
        group=record.group,
        language="en",
        origin="source",
        content=record.content,
        source=record.content,
        upstream=record.upstream,
        image_sha256=sha256,
        image_url=record.picture.url,
        image_path=path,
        candidate_id=1,
        judgments=0,
        provenance={},
    )


def released(reader: Any, sample: Path, kind: Kind, folder: Path) -> Any:
    """The table, in the order of the keys, and the records in that order."""
    folder.mkdir()
    records = [record for record in reader.read(sample) if isinstance(record, Record)]
    records.sort(key=lambda record: record.key)
    items = [untouched(record, folder) for record in records]
    out = folder / "release"
    write(training_parquet, items, out, kinds=[kind], embed_images=True)
    return pq.read_table(out / "en"), records


def without_path(row: dict[str, Any]) -> dict[str, Any]:
    """The rest of the row, with the bytes of its image alone."""
    image = row.get("image")
    return row | ({"image": image["bytes"]} if image else {})


@pytest.mark.parametrize(("reader", "sample", "kind"), SETS)
def test_untouched_english_rows_come_back_field_by_field(
    reader: Any, sample: Path, kind: Kind, tmp_path: Path
) -> None:
    original = pq.read_table(sample)
    table, records = released(reader, sample, kind, tmp_path / "out")
    assert table.column_names[: original.num_columns] == original.column_names
    rows = original.to_pylist()
    expected = [without_path(rows[record.line - 1]) for record in records]
    found = table.select(original.column_names).to_pylist()
    assert [without_path(row) for row in found] == expected
    assert len(found) == len(rows)


@pytest.mark.parametrize(("reader", "sample", "kind"), SETS)
def test_columns_of_the_source_keep_their_types(
    reader: Any, sample: Path, kind: Kind, tmp_path: Path
) -> None:
    original = pq.read_table(sample).schema
    table, _ = released(reader, sample, kind, tmp_path / "out")
    for column in original:
        assert str(table.schema.field(column.name).type) == str(column.type)
