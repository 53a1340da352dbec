from math import log
from typing import Any

import numpy as np
import pytest
from scipy.stats import beta, t  # type: ignore[import-untyped]

from quality.agreement import METRICS, PatternTable
from quality.agreement.intervals import (
    EXACT,
    FISHER,
    LOGIT,
    TOO_FEW,
    around,
    exact,
    fisher_z,
    logit,
)

COMMON: dict[str, Any] = {"observed": 0.9, "expected": 0.4, "level": 0.95}


def test_the_method_follows_from_the_data() -> None:
    assert around(0.8, 0.05, n_pairable=40, **COMMON).method == FISHER
    assert around(0.9, 0.05, n_pairable=40, share=True, **COMMON).method == LOGIT
    assert around(0.8, 1e-17, n_pairable=40, **COMMON).method == EXACT
    assert around(0.8, 1e-17, n_pairable=40, **COMMON).standard_error == 0


def test_one_pairable_item_gives_no_interval_but_the_reason() -> None:
    alone = around(0.8, 0.05, n_pairable=1, **COMMON)
    assert (alone.low, alone.high, alone.standard_error) == (None, None, None)
    assert alone.missing == TOO_FEW
    assert alone.method == ""


def test_the_share_interval_is_students_on_the_log_odds() -> None:
    p, se, df = 0.93, 0.02, 24
    low, high = logit(p, se, df, 0.9)
    reach = t.ppf(0.95, df) * se / (p * (1 - p))
    for bound, sign in ((low, -1), (high, 1)):
        odds = log(p / (1 - p)) + sign * reach
        assert log(bound / (1 - bound)) == pytest.approx(odds, abs=1e-10)


@pytest.mark.parametrize("value", [-0.999, -0.4, 0.0, 0.5, 0.999])
def test_a_huge_error_still_stays_on_the_scale(value: float) -> None:
    low, high = fisher_z(value, 0.5, 1, 0.99)
    assert -1 <= low <= value <= high <= 1


@pytest.mark.parametrize("n", [2, 10, 368])
def test_unanimity_gives_clopper_and_pearsons_bound(n: int) -> None:
    low, high = exact(1.0, 0.0, n, 0.95)
    assert low == pytest.approx(beta.ppf(0.025, n, 1), rel=1e-12)
    assert high == 1


def test_no_agreement_at_all_mirrors_full_agreement() -> None:
    low, high = exact(0.0, 0.0, 20, 0.95)
    assert low == 0
    assert high == pytest.approx(1 - exact(1.0, 0.0, 20, 0.95)[0])


def test_items_alike_but_not_unanimous_are_bounded_on_both_sides() -> None:
    table = PatternTable.from_counts([[2, 1]] * 6 + [[1, 2]] * 6, ("a", "b"))
    found = METRICS["percent-agreement/1"](table)
    alike = 0.025 ** (1 / 12)
    assert found.interval_method == EXACT
    assert found.standard_error == 0
    assert found.low == pytest.approx(alike / 3)
    assert found.high == pytest.approx(1 - alike * 2 / 3)


def test_nearly_certain_chance_agreement_says_unknown() -> None:
    assert exact(1.0, 1 - 1e-9, 50, 0.95) == (-1.0, 1.0)


def test_a_higher_level_is_a_wider_interval() -> None:
    table = PatternTable.from_counts(
        [[2, 0]] * 20 + [[0, 2]] * 9 + [[1, 1]], ("a", "b")
    )
    for metric in METRICS.values():
        narrow, wide = metric(table, level=0.8), metric(table, level=0.99)
        assert narrow.low is not None
        assert wide.low is not None
        assert wide.low < narrow.low
        assert (narrow.level, wide.level) == (0.8, 0.99)


def test_intervals_hold_where_the_usual_ones_fail() -> None:
    """AC1 near 0.96, two raters, 50 items: Wald misses one time in five."""
    rng = np.random.default_rng(20)
    observed, expected = 0.8 + 0.2 * (0.81 + 0.01), 2 * 0.9 * 0.1
    truth = (observed - expected) / (1 - expected)
    n, runs = 50, 600
    held = wald_held = 0
    ac1 = METRICS["gwet-ac1/1"]
    for _ in range(runs):
        found = ac1(_two_raters(rng, n))
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert found.standard_error is not None
        held += found.low <= truth <= found.high
        reach = t.ppf(0.975, n - 1) * found.standard_error
        wald_held += found.value - reach <= truth <= found.value + reach
    assert held / runs > 0.94
    assert wald_held / runs < 0.90


def _two_raters(rng: np.random.Generator, n: int) -> PatternTable:
    """Both know the answer with probability sqrt(0.8), else guess at 90 to 10."""
    know = np.sqrt(0.8)
    truth = rng.random(n) < 0.9
    labels = np.where(
        rng.random((2, n)) < know, truth, rng.random((2, n)) < 0.9
    ).astype(int)
    return PatternTable.from_ratings(
        np.tile(np.arange(n), 2), labels.ravel(), ["a", "b"]
    )


def test_a_weighted_value_below_minus_one_has_bounds_around_it() -> None:
    """Brennan and Prediger's bottom is far below -1 once near labels half agree."""
    opposite = [[1, 0, 0, 0, 1]] * 18
    name = "brennan-prediger-quadratic/1"
    nearly = [*opposite, [0, 1, 1, 0, 0]]
    found = METRICS[name](PatternTable.from_counts(nearly, tuple("abcde")))
    assert found.value < -1
    assert found.interval_method == LOGIT
    assert found.low < found.value < found.high
    alone = METRICS[name](PatternTable.from_counts(opposite, tuple("abcde")))
    assert alone.value == pytest.approx(-3)
    assert alone.interval_method == EXACT
    assert alone.low == pytest.approx(-3)
    assert -3 < alone.high < 1


def test_no_agreement_with_a_drifting_prevalence_is_bounded_exactly() -> None:
    """Single-rated items move the chance, so the error is above 0 at no agreement."""
    rows = [[1, 1]] * 3 + [[1, 0]] * 20
    found = METRICS["fleiss-kappa/1"](PatternTable.from_counts(rows, ("a", "b")))
    assert found.value < -1
    assert found.standard_error > 0
    assert found.interval_method == EXACT
    assert found.low <= found.value < found.high
