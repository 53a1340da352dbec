from typing import Any

import numpy as np
import pytest

from quality.reliability import Ratings, why_no_model
from quality.reliability.folding import fold
from tests.quality.reliability.simulated import crew


def test_rows_in_any_order_make_the_same_ratings() -> None:
    made = crew(1)
    mixed = np.random.default_rng(0).permutation(len(made.units))
    one = made.ratings
    other = Ratings.from_columns(
        made.units[mixed], made.raters[mixed], made.labels[mixed], 3
    )
    for name in ("units", "raters", "labels"):
        assert (getattr(one, name) == getattr(other, name)).all()
    assert (made.units[one.rows] == made.units[mixed][other.rows]).all()


def test_the_latest_rating_of_a_unit_counts() -> None:
    at = np.array(["2026-03-02", "2026-03-01", "2026-03-01"], "M8[D]")
    ratings = Ratings.from_columns(["a", "a", "b"], [7, 7, 7], [1, 0, 0], 2, at=at)
    assert ratings.labels.tolist() == [1, 0]
    assert ratings.rows.tolist() == [0, 2]
    assert ratings.at is not None
    assert ratings.at.tolist() == at[[0, 2]].tolist()


def test_repeats_may_be_kept_but_compare_with_nobody() -> None:
    ratings = Ratings.from_columns([1, 1, 1], [5, 5, 6], [0, 1, 1], 2, repeats=True)
    assert ratings.unit_counts.tolist() == [[1, 2]]
    with pytest.raises(ValueError, match="one rating per unit"):
        _ = ratings.others


def test_the_others_of_a_rating_are_its_unit_without_it() -> None:
    ratings = Ratings.from_columns([1, 1, 1, 2], [1, 2, 3, 1], [0, 0, 1, 1], 2)
    assert ratings.others.tolist() == [[1, 1], [1, 1], [2, 0], [0, 0]]


def test_shared_units_take_along_only_their_raters() -> None:
    shared = Ratings.from_columns([1, 1, 2], ["x", "y", "z"], [0, 1, 1], 2).shared()
    assert shared.unit_names.tolist() == [1]
    assert shared.rater_names.tolist() == ["x", "y"]
    assert shared.rows.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("columns", "options", "message"),
    [
        (([1, 2], [1], [0, 0]), {}, "differ in length: units 2, raters 1"),
        (([[1]], [1], [0]), {}, "units are one column"),
        (([1.0, np.nan], [1, 1], [0, 0]), {}, "row 1 has no name in units"),
        (([1, 2], ["a", None], [0, 0]), {}, "raters mix names"),
        (([1, 2], [1, 1], [0, 2]), {}, "row 1 has category index 2"),
        (([1, 2], [1, 1], [-1, 0]), {}, "row 0 has category index -1"),
        (([1], [1], [[0]]), {}, "labels are one column"),
        (([1], [1], [0.0]), {}, "whole category indices"),
        (([1, 2, 1], [1, 1, 1], [0, 0, 0]), {}, "rows 0 and 2 are one rater's"),
        (([1, 1], [1, 1], [0, 1]), {"at": [3, 3]}, "at the same time"),
        (([1], [1], [0]), {"at": [np.nan]}, "row 0 has no time"),
        (([1], [1], [0]), {"at": ["noon"]}, "numbers or dates"),
    ],
)
def test_columns_that_are_no_ratings_are_refused(
    columns: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Ratings.from_columns(*columns, 2, **options)


@pytest.mark.parametrize(
    ("columns", "q", "reason"),
    [
        (([], [], []), 2, "no ratings yet"),
        (([1, 1], [1, 2], [0, 0]), 1, "single-category"),
        (([1, 2], [1, 1], [0, 1]), 2, "single rater"),
        (([1, 2], [1, 2], [0, 1]), 2, "no unit with two"),
        (([1, 1], [1, 2], [0, 1]), 2, ""),
    ],
)
def test_what_cannot_be_modelled_has_a_reason(
    columns: Any, q: int, reason: str
) -> None:
    found = why_no_model(Ratings.from_columns(*columns, q))
    assert reason in found
    assert bool(found) == bool(reason)


def test_a_scale_has_a_category() -> None:
    with pytest.raises(ValueError, match="at least one category"):
        Ratings.from_columns([], [], [], 0)


def test_folding_keeps_every_unit_and_its_ratings() -> None:
    ratings = crew(2, accuracy=(0.8, 0.9, 0.7), units=300).ratings
    folded = fold(ratings)
    assert folded.ratings.n_units < 60
    counts = folded.ratings.unit_counts[folded.of_unit]
    assert (counts == ratings.unit_counts).all()
    assert (np.bincount(folded.of_unit) == folded.times).all()
    assert (folded.rater_counts == ratings.rater_counts).all()


def test_units_of_too_many_raters_stay_by_themselves() -> None:
    ratings = crew(2, accuracy=(0.8,) * 40, units=100).ratings
    assert fold(ratings).ratings is ratings
