"""Sorted tables are read in step, whatever their blocks."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.merging import PLACE, Blocks, OutOfOrder, in_step

PLACES = st.sets(st.text("ab-/\0é", min_size=1, max_size=4), max_size=12)


def blocks(places: list[str], size: int) -> Blocks:
    cut = [places[n : n + size] for n in range(0, len(places), size)]
    empty = pa.record_batch({PLACE: pa.array([], pa.string())})
    return Blocks(iter([empty, *(pa.record_batch({PLACE: part}) for part in cut)]))


@given(st.lists(PLACES, min_size=1, max_size=4), st.integers(1, 5))
def test_every_row_comes_once_in_order_and_with_those_of_its_place(tables, size):
    expected = [sorted(places) for places in tables]
    seen: list[list[str]] = [[] for _ in tables]
    last = ""
    for step in in_step([blocks(places, size) for places in expected]):
        rows = [batch[PLACE].to_pylist() if batch else [] for batch in step]
        assert max(map(len, rows)) <= size
        assert all(place > last for places in rows for place in places)
        last = max(place for places in rows for place in places)
        for places, own in zip(seen, rows, strict=True):
            places += own
    assert seen == expected


@pytest.mark.parametrize("places", [["b", "a"], ["a", "a"], ["a", "c", "b"]])
@pytest.mark.parametrize("size", [1, 3])
def test_a_table_out_of_order_is_noticed(places, size):
    with pytest.raises(OutOfOrder):
        list(in_step([blocks(places, size)]))
