"""The length of a file for its progress bar."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.sources import READERS
from corpus.sources.sizing import lines_of

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"", 0),
        (b"a", 1),
        (b"a\n", 1),
        (b"a\nb", 2),
        (b"\n\n", 2),
        (b"x" * 3_000_000, 1),
    ],
)
def test_lines_are_counted_with_an_open_end(tmp_path, text, lines):
    path = tmp_path / "rows.tsv"
    path.write_bytes(text)
    assert lines_of(path) == lines


@pytest.mark.parametrize("name", ["rows.parquet", "ROWS.PARQUET"])
def test_rows_of_parquet_are_in_its_footer(tmp_path, name):
    path = tmp_path / name
    pq.write_table(pa.table({"a": range(7)}), path)
    assert lines_of(path) == 7


def test_a_file_that_cannot_be_read_has_no_length(tmp_path):
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1")
    assert lines_of(broken) == lines_of(tmp_path / "absent.tsv") == 0


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("mmbench", "MMBench/MMBench_DEV_EN.tsv"),
        ("pixmo-cap", "pixmo-cap/data/train-00000-of-00001.parquet"),
    ],
)
def test_no_row_stands_beyond_the_end(source, path):
    lines = [row.line for row in READERS[source].read(SAMPLES / path)]
    assert 0 < max(lines) <= lines_of(SAMPLES / path)
