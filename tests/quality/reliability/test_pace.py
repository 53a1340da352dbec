import numpy as np
import pytest
from scipy import stats

from quality.reliability import pace
from quality.reliability.intervals import TOO_FEW
from quality.reliability.pace import FAST_PART, _outside


def times(seed: int, medians: tuple[float, ...], n: int = 80) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    seconds = np.array(medians)[:, None] * np.exp(rng.normal(0, 0.4, (len(medians), n)))
    return np.repeat(np.arange(len(medians)), n), seconds.ravel()


def test_a_rater_who_clicks_through_is_mostly_too_fast() -> None:
    clicking, *others = pace(*times(1, (2, 30, 40, 35)))
    assert clicking.fast.value > 0.95
    assert clicking.fast.low > 0.9
    assert all(one.fast.value == 0 for one in others)
    assert clicking.threshold == pytest.approx(FAST_PART * clicking.usual)
    assert pace(*times(1, (2, 30)), threshold=0.1)[0].fast.value == 0


def test_one_long_break_moves_neither_median_nor_trend() -> None:
    raters, seconds = times(2, (30, 30, 30))
    before = pace(raters, seconds)[0]
    seconds[79] = 4000 if seconds[79] > before.median.value else seconds[79]
    after = pace(raters, seconds)[0]
    assert after.median.value == before.median.value
    assert after.trend.change == pytest.approx(before.trend.change, abs=0.05)


def test_the_interval_of_the_median_holds_as_often_as_said() -> None:
    raters, seconds = times(3, (20,) * 600, 40)
    held = [one.median.low <= 20 <= one.median.high for one in pace(raters, seconds)]
    assert 0.945 <= np.mean(held) <= 0.985


@pytest.mark.parametrize("n", [5, 6, 25, 100, 3000])
def test_the_sign_test_leaves_out_what_the_binomial_says(n: int) -> None:
    k = _outside(n, 0.025)
    assert stats.binom.cdf(k - 1, n, 0.5) <= 0.025 < stats.binom.cdf(k, n, 0.5)


def test_speeding_up_is_told_with_its_p() -> None:
    raters, seconds = times(4, (30, 30), 100)
    seconds[:100] *= np.linspace(1.5, 0.5, 100)
    faster, steady = pace(raters, seconds)
    assert faster.trend.high < 0
    assert faster.trend.p < 1e-4
    assert steady.trend.p > 0.01
    later = pace(raters, seconds, at=-np.arange(200))[0]
    assert later.trend.change == pytest.approx(-faster.trend.change)


def test_row_order_changes_nothing_where_times_are_given() -> None:
    raters, seconds = times(5, (10, 20, 30))
    at = np.arange(len(raters))
    mixed = np.random.default_rng(0).permutation(at)
    assert pace(raters[mixed], seconds[mixed], at=at[mixed]) == pace(
        raters, seconds, at=at
    )


def test_few_ratings_have_a_median_without_an_interval() -> None:
    (one,) = pace(["x"] * 5, [1, 2, 3, 4, 5])
    assert (one.median.value, one.median.no_interval) == (3, TOO_FEW)
    assert one.trend.undefined
    assert pace(["x"], [3])[0].median.no_interval == TOO_FEW
    assert pace([], []) == ()


@pytest.mark.parametrize(
    ("columns", "at", "message"),
    [
        ((["x"], [-1]), None, "row 0 took -1.0 seconds"),
        ((["x", "x"], [1, np.nan]), None, "row 1 took nan seconds"),
        ((["x"], [1, 2]), None, "equal length"),
        ((["x"], [1]), [1, 2], "one time per row"),
    ],
)
def test_times_that_are_none_are_refused(
    columns: tuple[list[str], list[float]], at: list[int] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        pace(*columns, at=at)
