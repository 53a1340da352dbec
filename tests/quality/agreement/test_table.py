import json
from typing import Any

import numpy as np
import pytest

from quality.agreement import PatternTable

AB = ("a", "b")
ABC = ("a", "b", "c")
DIGEST = "5a61b89e25ec72ae65c78e1dd1d25cd29f10587c1cdcbae01ec4654b6c3e9658"


def ratings_of(rows: list[list[int]]) -> tuple[list[int], list[int]]:
    """Count rows as long-form ratings."""
    pairs = [
        (item, label)
        for item, row in enumerate(rows)
        for label, times in enumerate(row)
        for _ in range(times)
    ]
    return [item for item, _ in pairs], [label for _, label in pairs]


def test_rows_ratings_and_a_histogram_make_the_same_table() -> None:
    rows = [[2, 0, 1], [0, 3, 0], [2, 0, 1], [1, 0, 0]]
    by_rows = PatternTable.from_counts(rows, ABC)
    by_ratings = PatternTable.from_ratings(*ratings_of(rows), ABC)
    by_sql = PatternTable.from_histogram(
        {(2, 0, 1): 2, (0, 3, 0): 1, (1, 0, 0): 1}, ABC
    )

    assert by_rows == by_ratings == by_sql
    assert len({by_rows, by_ratings, by_sql}) == 1
    assert by_rows.patterns.tolist() == [[0, 3, 0], [1, 0, 0], [2, 0, 1]]
    assert by_rows.multiplicities.tolist() == [1, 1, 2]


def test_the_table_counts_items_pairs_ratings_and_labels() -> None:
    table = PatternTable.from_counts([[2, 0, 1], [0, 3, 0], [2, 0, 1], [1, 0, 0]], ABC)

    assert (table.n_items, table.n_pairable, table.n_ratings) == (4, 3, 10)
    assert table.label_counts == (5, 3, 2)
    assert table.ratings_per_item == {1: 1, 3: 3}
    assert table.n_used == 3
    assert table.pairable.n_items == 3


def test_items_nobody_rated_and_patterns_nobody_shows_are_left_out() -> None:
    table = PatternTable(
        AB, np.array([[0, 0], [1, 1], [2, 0]]), np.array([7, 0, 3], dtype=np.int64)
    )
    assert table.patterns.tolist() == [[2, 0]]
    assert table.n_items == 3


def test_the_same_pattern_twice_becomes_one_row() -> None:
    table = PatternTable(AB, np.array([[1, 1], [2, 0], [1, 1]]), np.array([1, 2, 3]))
    assert table.patterns.tolist() == [[1, 1], [2, 0]]
    assert table.multiplicities.tolist() == [4, 2]


def test_tables_add_up_and_the_empty_one_changes_nothing() -> None:
    rows = [[2, 0], [1, 1], [0, 2], [1, 1]]
    whole = PatternTable.from_counts(rows, AB)
    halves = (
        PatternTable.from_counts(rows[:2], AB),
        PatternTable.from_counts(rows[2:], AB),
    )
    assert halves[0] + halves[1] == whole
    assert whole + PatternTable.empty(AB) == whole
    assert (halves[0] + halves[1]).digest() == whole.digest()


def test_tables_over_other_categories_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        PatternTable.empty(AB) + PatternTable.empty(("b", "a"))


def test_the_digest_ignores_order_and_sees_everything_else() -> None:
    table = PatternTable.from_counts([[2, 0], [1, 1], [1, 1]], AB)
    same = PatternTable.from_counts([[1, 1], [2, 0], [1, 1]], AB)
    others = [
        PatternTable.from_counts([[2, 0], [1, 1]], AB),
        PatternTable.from_counts([[2, 0], [2, 0], [1, 1]], AB),
        PatternTable.from_counts([[2, 0], [1, 1], [1, 1]], ("a", "c")),
        PatternTable.from_counts([[2, 0, 0], [1, 1, 0], [1, 1, 0]], ABC),
    ]
    assert table.digest() == same.digest()
    assert len(table.digest()) == 64
    assert table.digest() not in {other.digest() for other in others}
    assert all(table != other for other in others)


def test_the_digest_is_frozen_because_measurements_store_it() -> None:
    table = PatternTable.from_counts([[2, 0], [1, 1]], ("ok", "schlecht ✗"))
    assert table.digest() == DIGEST


def test_a_table_survives_json() -> None:
    table = PatternTable.from_counts([[2, 0], [1, 1], [0, 3]], ("да", "não"))
    again = PatternTable.from_json(json.loads(json.dumps(table.to_json())))
    assert again == table
    assert again.digest() == table.digest()
    nothing = PatternTable.empty(AB)
    assert PatternTable.from_json(nothing.to_json()) == nothing


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "not a pattern-table/1"),
        ({"format": "pattern-table/9"}, "pattern-table/9"),
        ({"format": "pattern-table/1", "categories": ["a"]}, "without patterns"),
        (
            {
                "format": "pattern-table/1",
                "categories": ["a"],
                "patterns": [[-1]],
                "multiplicities": [1],
            },
            "cannot be negative",
        ),
    ],
)
def test_json_that_is_no_table_is_refused(
    content: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        PatternTable.from_json(content)


def test_the_arrays_cannot_be_changed_behind_the_tables_back() -> None:
    given = np.array([[2, 0], [1, 1]])
    table = PatternTable.from_counts(given, AB)
    given[0, 0] = 9
    assert table.label_counts == (3, 1)
    with pytest.raises(ValueError, match="read-only"):
        table.patterns[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        table.multiplicities[0] = 5


@pytest.mark.parametrize(
    ("rows", "categories", "message"),
    [
        ([[1, 1]], ABC, "need rows of 3 counts"),
        ([1, 1], AB, "need rows of 2 counts"),
        ([[1, 1], [1]], AB, "different lengths"),
        ([[1, -1]], AB, "cannot be negative"),
        ([[1.0, 0.5]], AB, "whole numbers"),
        ([["1", "2"]], AB, "whole numbers"),
        ([[True, False]], AB, "whole numbers"),
        ([[1, 1]], ("a", "a"), "declared twice"),
        ([[1, 1]], "ab", "sequence of labels"),
        ([[1, 1]], (1, 2), "sequence of labels"),
        ([], (), "at least one category"),
    ],
)
def test_rows_that_are_no_counts_are_refused(
    rows: list[Any], categories: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        PatternTable.from_counts(rows, categories)


def test_a_histogram_must_fit_the_categories() -> None:
    with pytest.raises(ValueError, match="does not have 2 counts"):
        PatternTable.from_histogram({(1, 1): 3, (1, 1, 1): 2}, AB)
    with pytest.raises(ValueError, match="multiplicities cannot be negative"):
        PatternTable.from_histogram({(1, 1): -3}, AB)
    with pytest.raises(ValueError, match="need 1 multiplicities"):
        PatternTable(AB, np.array([[1, 1]]), np.array([1, 2]))


def test_no_data_in_any_form_is_the_empty_table() -> None:
    empty = PatternTable.empty(AB)
    assert PatternTable.from_histogram({}, AB) == empty
    assert PatternTable.from_ratings([], [], AB) == empty
    assert PatternTable.from_counts([[0, 0]], AB) == empty
    assert (empty.n_items, empty.n_pairable, empty.n_ratings) == (0, 0, 0)
    assert empty.label_counts == (0, 0)
    assert empty.ratings_per_item == {}
    assert empty != "a table"
