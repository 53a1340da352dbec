"""The untouched English rows of the samples come back as they were."""

from pathlib import Path

import pytest

from corpus.formats import benchmark_parquet, vlmevalkit_tsv
from corpus.formats.benchmark_proof import prove
from corpus.formats.benchmark_rows import Rows
from corpus.formats.vlmevalkit_names import Scoring, table_name
from corpus.formats.vlmevalkit_rows import refusals
from tests.corpus.contents import SAMPLES
from tests.corpus.formats.untouched import (
    PARQUET,
    accepted,
    assert_hub_rows,
    assert_table_rows,
)

TSV = {
    "mmbench": "MMBench/MMBench_DEV_EN.tsv",
    "scienceqa": "ScienceQA/ScienceQA_TEST.tsv",
    "mme": "MME/MME.tsv",
    "pope": "POPE/POPE.tsv",
    "ai2d": "ai2d/AI2D_TEST.tsv",
}
SCORING: dict[str, Scoring] = {"mmbench": "circular", "mme": "mme", "pope": "pope"}


@pytest.mark.parametrize("name", PARQUET)
def test_rows_of_the_hub_come_back(tmp_path: Path, name: str) -> None:
    path = SAMPLES / PARQUET[name]
    items = accepted(name, path, tmp_path)
    rows = Rows(circular=name == "mmbench", repeats=name == "pope")
    parts = benchmark_parquet.write(
        items, tmp_path / "release", rows=rows, whole=name == "mme"
    )
    prove(items, tmp_path / "release", parts, rows=rows)

    written = [tmp_path / "release" / part.path for part in parts]
    assert_hub_rows(path, written)


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

    assert_table_rows(name, path, tmp_path / parts[0].path)
