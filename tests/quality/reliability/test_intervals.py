import numpy as np
import pytest
from scipy import stats

from quality.reliability.intervals import (
    NO_SPREAD,
    TOO_FEW,
    corrected,
    difference,
    missing,
    share,
    student,
    two_sided_p,
)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize("df", [4, 5, 8, 20, 100])
def test_student_is_close_to_the_exact_quantile(level: float, df: int) -> None:
    exact = stats.t.ppf((1 + level) / 2, df)
    assert student(level, df) == pytest.approx(exact, abs=0.011)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_0_and_1_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        student(level, 10)


@pytest.mark.parametrize("p", [0.5, 0.8, 0.95])
@pytest.mark.parametrize(("n", "others"), [(20, 1), (20, 3), (100, 2)])
def test_a_share_lies_in_its_interval_as_often_as_said(
    p: float, n: int, others: int
) -> None:
    rng = np.random.default_rng(20)
    rates = rng.beta(3 * p, 3 * (1 - p), (1500, n))
    values = rng.binomial(others, rates) / others
    held = [
        found.low <= p <= found.high
        for found in (share(row.mean(), row.std(ddof=1), n, 0.95) for row in values)
    ]
    assert 0.935 <= np.mean(held) <= 0.99


def test_yes_or_no_shares_without_spread_give_wilsons_bounds() -> None:
    t2 = student(0.95, 19) ** 2
    assert share(1.0, 0.0, 20, 0.95).low == pytest.approx(20 / (20 + t2))
    assert share(0.0, 0.0, 20, 0.95).high == pytest.approx(t2 / (20 + t2))
    assert share(1.0, 0.0, 20, 0.95).high == 1


def test_a_difference_without_spread_allows_for_what_was_missed() -> None:
    found = difference(0.0, 0.0, 50, 4.0, 0.95)
    assert found.high == pytest.approx(4 * (1 - 0.025 ** (1 / 50)))
    assert found.low == pytest.approx(-found.high)


def test_a_difference_stays_on_the_scale() -> None:
    assert difference(0.9, 1.0, 6, 1.0, 0.95).high == 1


def test_too_few_units_have_a_value_and_a_reason() -> None:
    for found in (
        share(0.5, 0.1, 4, 0.95),
        difference(0.5, 0.1, 4, 1.0, 0.95),
        corrected(0.5, 0.1, 4, 0.95),
    ):
        assert (found.value, found.low, found.no_interval) == (0.5, None, TOO_FEW)


def test_a_coefficient_keeps_inside_its_scale_or_has_no_interval() -> None:
    found = corrected(0.97, 0.1, 10, 0.95)
    assert -1 < found.low < 0.97 < found.high < 1
    assert corrected(1.0, 0.0, 10, 0.95).no_interval == NO_SPREAD


def test_what_is_missing_says_so_twice() -> None:
    found = missing("nobody", 0, 0.95)
    assert (found.value, found.undefined, found.no_interval) == (None,) + 2 * (
        "nobody",
    )


def test_p_is_two_sided() -> None:
    assert two_sided_p(-1.959963985) == pytest.approx(0.05)
    assert two_sided_p(0) == 1
