import numpy as np
import pytest

from quality.reliability import Ratings, drift
from quality.reliability.trend import NO_VARIATION, TOO_FEW, ranks_of, trend


def aging(seed: int, end: tuple[float, ...], units: int = 300) -> Ratings:
    """Complete yes-or-no ratings; each accuracy runs from 0.95 to its `end`."""
    rng = np.random.default_rng(seed)
    r = len(end)
    unit, rater = np.divmod(np.arange(units * r), r)
    accuracy = 0.95 + (np.array(end)[rater] - 0.95) * unit / units
    truth = rng.integers(0, 2, units)[unit]
    labels = np.where(rng.random(units * r) < accuracy, truth, 1 - truth)
    return Ratings.from_columns(unit, rater, labels, 2, at=unit)


def test_a_tiring_rater_is_found_and_the_steady_ones_are_not() -> None:
    tired, *steady = drift(aging(1, (0.5, 0.95, 0.95, 0.95)))
    assert tired.own.high < 0
    assert tired.own.p < 0.001
    assert tired.own.low < -0.4 < tired.own.high
    assert abs(tired.others.change) < 0.1
    shares = [window.agreement.value for window in tired.windows]
    assert shares[0] > shares[-1] + 0.2
    # The tired one is among the others of the steady ones, and pulls them down.
    assert tired.beside.high < 0
    assert all(one.own.change > tired.own.change + 0.15 for one in steady)
    assert all(one.beside.high > 0 for one in steady)


def test_harder_units_show_in_the_others_as_well() -> None:
    found = drift(aging(2, (0.6, 0.6, 0.6, 0.6)))[0]
    assert found.own.high < 0
    assert found.others.high < 0


def test_without_drift_the_test_errs_as_often_as_said() -> None:
    found = [drift(aging(seed, (0.95, 0.95, 0.95), 100))[0].own for seed in range(300)]
    assert 0.02 <= np.mean([one.p < 0.05 for one in found]) <= 0.08
    assert 0.91 <= np.mean([one.low <= 0 <= one.high for one in found]) <= 0.98


def test_windows_follow_time_and_share_the_units_evenly() -> None:
    ratings = aging(3, (0.9, 0.9), 103)
    backwards = Ratings.from_columns(
        ratings.units, ratings.raters, ratings.labels, 2, at=-ratings.units
    )
    one, other = drift(ratings)[0], drift(backwards)[0]
    assert [window.agreement.n for window in one.windows] == [21, 21, 21, 20, 20]
    assert (one.windows[0].first, one.windows[-1].last) == (0, 102)
    assert other.own.change == pytest.approx(-one.own.change)


def test_few_units_have_fewer_windows_and_no_trend() -> None:
    assert len(drift(aging(4, (0.9, 0.9), 45))[0].windows) == 2
    few = drift(aging(4, (0.9, 0.9), 19))[0]
    assert few.windows == ()
    assert few.own.undefined == TOO_FEW
    assert few.others.n == 0


def test_drift_needs_times() -> None:
    with pytest.raises(ValueError, match="when each rating"):
        drift(Ratings.from_columns([1, 1], [1, 2], [0, 0], 2))
    with pytest.raises(ValueError, match="one window"):
        drift(aging(1, (0.9, 0.9)), windows=0)


def test_a_trend_is_the_line_from_the_first_to_the_last_value() -> None:
    ranks = np.arange(1.0, 31.0)
    found = trend(2 + 0.1 * ranks, ranks)
    assert found.change == pytest.approx(2.9)
    assert found.low == pytest.approx(2.9)
    assert trend(np.ones(30), ranks).undefined == NO_VARIATION
    assert trend(ranks, np.ones(30)).undefined == NO_VARIATION


def test_the_errors_of_a_trend_may_differ_from_value_to_value() -> None:
    ranks = np.arange(1.0, 61.0)
    rng = np.random.default_rng(5)
    noise = rng.normal(0, 1, (800, 60)) * np.linspace(0.2, 3, 60)
    held = [(one := trend(row, ranks)).low <= 0 <= one.high for row in noise]
    assert 0.93 <= np.mean(held) <= 0.975


def test_equal_values_share_the_middle_rank() -> None:
    assert ranks_of(np.array([5, 1, 5, 9])).tolist() == [2.5, 1, 2.5, 4]
