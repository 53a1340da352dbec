"""Every row of every sample comes back from its record: nothing upstream is lost."""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.content import LETTERS, dump
from corpus.record import Record
from corpus.sources import READERS
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import records

FILES = [
    ("pixmo-cap", "pixmo-cap/data/train-00000-of-00001.parquet"),
    ("pixmo-ask-model-anything", "pixmo-ask-model-anything/data/train-00000-of-00001.parquet"),
    ("cosyn", "CoSyn-400K/chart/train-00000-of-00001.parquet"),
    ("cosyn", "CoSyn-400K/chart/validation-00000-of-00001.parquet"),
    ("cosyn", "CoSyn-400K/math/train-00000-of-00001.parquet"),
    ("mmbench", "MMBench/MMBench_DEV_EN.tsv"),
    ("mmbench", "MMBench/en/dev-00000-of-00001.parquet"),
    ("scienceqa", "ScienceQA/ScienceQA-IMG/test-00000-of-00001.parquet"),
    ("scienceqa", "ScienceQA/ScienceQA-FULL/test-00000-of-00001.parquet"),
    ("scienceqa", "ScienceQA/ScienceQA_TEST.tsv"),
    ("mme", "MME/data/test-00000-of-00001.parquet"),
    ("mme", "MME/MME.tsv"),
    ("pope", "POPE/data/test-00000-of-00001.parquet"),
    ("pope", "POPE/POPE.tsv"),
    ("ai2d", "ai2d/data/test-00000-of-00001.parquet"),
    ("ai2d", "ai2d/AI2D_TEST.tsv"),
]  # fmt: skip
#: What a reader adds to `upstream` beside the columns of the row.
ADDED = {"instruction", "rows", "tracks", "config", "split", "nan"}


def originals(path: Path) -> list[dict[str, Any]]:
    """The rows of the file as another program reads them, without circular copies."""
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    else:
        with path.open(encoding="utf-8", newline="") as file:
            csv.field_size_limit(2**24)
            rows = list(csv.DictReader(file, delimiter="\t"))
        holders = {row["index"]: row["image"] for row in rows}
        for row in rows:
            row["image"] = holders.get(row["image"], row["image"])
    return [row for row in rows if int(row.get("index", 0)) < 1_000_000]


def given_back(record: Record, names: list[str]) -> Iterator[dict[str, Any]]:
    """The rows that the record stands for, under the names of the file's columns."""
    upstream = dict(record.upstream)
    spelled_nan = upstream.get("nan", [])
    row = said(record, names)
    instruction = upstream.get("instruction", "")
    if "question" in row:
        row["question"] += instruction
    picture = record.picture
    row["image_url"] = picture.url if picture else ""
    path = upstream.pop("image", {}).get("path")
    data = picture.data if picture else None
    row["image"] = {"bytes": data, "path": path} if picture else None
    for beside in upstream.get("rows", [upstream]):
        whole = row | beside | dict.fromkeys(spelled_nan, "nan")
        lower = {name.lower(): cell for name, cell in whole.items() if len(name) > 1}
        yield {name: whole.get(name, lower.get(name.lower())) for name in names}


def said(record: Record, names: list[str]) -> dict[str, Any]:
    """What the content says, by the columns of whichever file it came from."""
    fields = dump(record.content)
    row = {k: v for k, v in fields.items() if k in names}
    row |= {"id": record.key, "answer": fields.get("key", fields.get("answer"))}
    options = fields.get("options", [])
    row |= dict(zip(LETTERS, options, strict=False))
    row |= {"choices": options, "options": options}
    turns = fields.get("turns", [])
    fields_of_turns = ("question", "explanation", "answer")
    return row | {"qa_pairs": {f: [t[f] for t in turns] for f in fields_of_turns}}


def as_text(row: dict[str, Any]) -> dict[str, str]:
    """The row as a TSV holds it."""
    image = row.pop("image")
    cells = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    return cells | {"image": base64.b64encode(image["bytes"]).decode()}


@pytest.mark.parametrize(("source", "name"), FILES)
def test_rows_come_back_field_by_field(source: str, name: str) -> None:
    path = SAMPLES / name
    before = originals(path)
    names = list(before[0])
    after = [
        row for record in records(source, path) for row in given_back(record, names)
    ]
    if path.suffix == ".tsv":
        after = [as_text(row) for row in after]
    if source == "pope":
        before, after = (sorted(rows, key=_number) for rows in (before, after))
    assert after == before


def _number(row: dict[str, Any]) -> int:
    return int(row["id"] if "id" in row else row["index"])


@pytest.mark.parametrize(("source", "name"), FILES)
def test_upstream_holds_no_column_twice(source: str, name: str) -> None:
    path = SAMPLES / name
    names = {column.lower() for column in originals(path)[0]}
    for record in records(source, path):
        own = {column.lower() for column in record.upstream} - ADDED
        assert own <= names


def test_every_source_but_our_own_has_a_sample() -> None:
    kinds = {(source, Path(name).suffix) for source, name in FILES}
    wanted = {
        (source.name, suffix)
        for source in READERS.values()
        for suffix in source.suffixes
        if source.name != "concord"
    }
    assert wanted - kinds == {("pope", ".json"), ("pope", ".jsonl")}
