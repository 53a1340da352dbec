from typing import Any

import numpy as np
import pytest

from quality.agreement import PatternTable
from quality.agreement.counting import count_patterns


def plainly(items: np.ndarray, labels: np.ndarray, q: int) -> PatternTable:
    """The slow, obvious way: one row of counts per item."""
    rows: dict[int, list[int]] = {}
    for item, label in zip(items.tolist(), labels.tolist(), strict=True):
        rows.setdefault(item, [0] * q)[label] += 1
    return PatternTable.from_counts(list(rows.values()), names(q))


def names(q: int) -> tuple[str, ...]:
    return tuple(f"c{k}" for k in range(q))


@pytest.mark.parametrize(
    ("q", "raters", "why"),
    [
        (5, 3, "a histogram of narrow codes"),
        (7, 3, "a histogram of codes"),
        (12, 2, "codes too many for a histogram"),
        (12, 6, "codes too wide for a guess"),
        (40, 4, "codes too large for a whole number"),
    ],
)
def test_every_way_of_counting_agrees_with_the_plain_one(
    q: int, raters: int, why: str
) -> None:
    rng = np.random.default_rng(4)
    items = rng.integers(0, 300, 300 * raters)
    labels = rng.integers(0, q, 300 * raters)
    found = PatternTable.from_ratings(items, labels, names(q))
    assert found == plainly(items, labels, q), why


@pytest.mark.parametrize("crowd", [8, 9, 64, 5_000, 70_000])
@pytest.mark.parametrize("label", range(5))
def test_an_item_with_far_more_ratings_than_others_is_counted_all_the_same(
    crowd: int, label: int
) -> None:
    """Its count runs over the room that was guessed, in the last place or the first."""
    calm = np.repeat(np.arange(1, crowd + 1), 2)
    items = np.concatenate([np.zeros(crowd, np.int64), calm])
    labels = np.concatenate([np.full(crowd, label), np.tile([0, 4], crowd)])
    patterns, multiplicities = count_patterns(items, labels, 5)
    found = {
        tuple(p): n
        for p, n in zip(patterns.tolist(), multiplicities.tolist(), strict=True)
    }
    assert found == {
        tuple(crowd * (k == label) for k in range(5)): 1,
        (1, 0, 0, 0, 1): crowd,
    }


@pytest.mark.parametrize(
    "items",
    [
        np.array([10**12, 5, 10**12, 5]),
        np.array([-3, 8, -3, 8]),
        np.array(["de-7", "de-8", "de-7", "de-8"]),
        np.array([0.5, 1.5, 0.5, 1.5]),
    ],
)
def test_items_may_have_any_name(items: np.ndarray) -> None:
    patterns, multiplicities = count_patterns(items, [0, 1, 1, 1], 2)
    assert patterns.tolist() == [[0, 2], [1, 1]]
    assert multiplicities.tolist() == [1, 1]


def test_narrow_arrays_do_not_overflow() -> None:
    n = 70_000
    items = np.repeat(np.arange(n, dtype=np.int32), 3)
    labels = np.tile(np.array([0, 1, 1], dtype=np.int8), n)
    table = PatternTable.from_ratings(items, labels, names(2))
    assert table.patterns.tolist() == [[1, 2]]
    assert table.multiplicities.tolist() == [n]


@pytest.mark.parametrize(
    ("items", "labels", "message"),
    [
        ([1, 2], [0], "equal length"),
        ([[1, 2]], [[0, 1]], "equal length"),
        ([1, 2], [0.0, 1.0], "whole category indices"),
        ([1, 2, 3], [0, 2, 1], "rating 1 has category index 2"),
        ([1, 2], [0, -1], "rating 1 has category index -1"),
    ],
)
def test_columns_that_are_no_ratings_are_refused(
    items: list[Any], labels: list[Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        count_patterns(items, labels, 2)
