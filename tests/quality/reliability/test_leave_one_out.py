import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from quality.reliability import Ratings, leave_one_out
from quality.reliability.leave_one_out import (
    NO_MAJORITY,
    NO_SHARED,
    NO_VARIATION,
    agreement_with_others,
)
from tests.quality.reliability.simulated import crew


def test_agreement_counts_the_others_and_never_the_own_rating() -> None:
    # ann says 0 0 1; the others say (0 1) (0 0) (1), and bo has a unit of his own.
    ratings = Ratings.from_columns(
        [1, 1, 1, 2, 2, 2, 3, 3, 4],
        ["ann", "bo", "cy", "ann", "bo", "cy", "ann", "bo", "bo"],
        [0, 0, 1, 0, 0, 0, 1, 1, 0],
        2,
    )
    ann, bo, cy = leave_one_out(ratings)
    assert ann.agreement.value == pytest.approx((0.5 + 1 + 1) / 3)
    assert (ann.agreement.n, bo.agreement.n, cy.agreement.n) == (3, 3, 2)
    # Unit 1 is tied among ann's others, not among cy's.
    assert (ann.majority.value, ann.majority.n) == (1, 2)
    assert (cy.majority.value, cy.majority.n) == (0.5, 2)
    alone = agreement_with_others(ratings)
    assert np.isnan(alone[-1])


def test_kappa_with_one_other_rater_is_cohens() -> None:
    made = crew(1, accuracy=(0.8, 0.7), per_unit=2, units=120)
    one, other = leave_one_out(made.ratings)
    mine, theirs = (made.ratings.labels[made.ratings.raters == g] for g in (0, 1))
    expected = cohen_kappa_score(mine, theirs)
    assert one.kappa.value == pytest.approx(expected, abs=1e-12)
    assert other.kappa.value == pytest.approx(expected, abs=1e-12)
    assert one.kappa.low == pytest.approx(other.kappa.low)


def test_the_interval_of_kappa_is_what_leaving_out_units_gives() -> None:
    made = crew(2, accuracy=(0.8, 0.9, 0.7, 0.9), units=150)
    ratings = made.ratings
    mine = leave_one_out(ratings)[0].kappa
    units = np.unique(ratings.units[ratings.raters == 0])
    without = [
        leave_one_out(ratings.where(ratings.units != unit))[0].kappa.value
        for unit in units
    ]
    n = len(units)
    error = np.sqrt((n - 1) ** 2 / n * np.var(without, ddof=1))
    reach = (np.arctanh(mine.high) - np.arctanh(mine.low)) / 2
    assert reach == pytest.approx(1.98 * error / (1 - mine.value**2), rel=0.05)


def test_the_interval_of_kappa_holds_as_often_as_said() -> None:
    held = 0
    truth = np.mean(
        [leave_one_out(_pair(seed, 4000))[0].kappa.value for seed in range(20)]
    )
    for seed in range(300):
        kappa = leave_one_out(_pair(seed, 80))[0].kappa
        held += kappa.low <= truth <= kappa.high
    assert 0.92 <= held / 300 <= 0.98


def _pair(seed: int, units: int) -> Ratings:
    return crew(seed, accuracy=(0.85, 0.85, 0.8), units=units).ratings


def test_better_raters_agree_more() -> None:
    made = crew(3, accuracy=(0.95, 0.8, 0.6, 0.9, 0.9), units=1500)
    values = [found.agreement.value for found in leave_one_out(made.ratings)]
    assert values[0] > values[1] > values[2]


def test_what_there_is_not_has_a_reason() -> None:
    alone, tied, same = (
        leave_one_out(Ratings.from_columns(*columns, 3))[0]
        for columns in (
            ([1, 2], [1, 2], [0, 0]),
            ([1, 1, 1], [1, 2, 3], [0, 1, 2]),
            ([1, 1, 2, 2], [1, 2, 1, 2], [0, 0, 0, 0]),
        )
    )
    assert alone.agreement.undefined == alone.kappa.undefined == NO_SHARED
    assert tied.majority.undefined == NO_MAJORITY
    assert same.kappa.undefined == NO_VARIATION
    assert same.agreement.value == 1
    assert leave_one_out(Ratings.from_columns([], [], [], 2)) == ()
