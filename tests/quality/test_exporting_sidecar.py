"""Rows pass from the database into the sidecar as they are."""

from __future__ import annotations

import pyarrow.parquet as pq
from django.db import transaction

from quality.exporting import sidecar


def test_any_text_passes_from_the_database_into_the_sidecar(db, tmp_path):
    texts = ['a "quoted", one\nwith a line\r\nmore', "", "\\N", "ünï \u2028 code"]
    sql = "SELECT t, NULL, 'x', t FROM unnest(%(texts)s::text[]) t"
    path = tmp_path / "any.parquet"
    with transaction.atomic():
        sidecar._write(path, sidecar._REFUSED, sql, [{"texts": texts}])
    read = pq.read_table(path).to_pydict()
    assert read["language"] == read["reason"] == texts
    assert read["dataset"] == [None] * len(texts)


def test_the_longest_text_of_a_request_passes_into_the_sidecar(db, tmp_path):
    """However the blocks fall in which the rows are read."""
    sql = "SELECT 'de', 'a', 'x', repeat('x', n) FROM unnest(%(lengths)s::int[]) n"
    path, lengths = tmp_path / "any.parquet", [4_000_000, 5_000_000, 5_000_000]
    with transaction.atomic():
        sidecar._write(path, sidecar._REFUSED, sql, [{"lengths": lengths}])
    assert [len(text) for text in pq.read_table(path)["reason"].to_pylist()] == lengths
