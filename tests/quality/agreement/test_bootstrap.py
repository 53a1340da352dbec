import numpy as np
import pytest

from quality.agreement import METRICS, PatternTable
from quality.agreement.bootstrap import PERCENTILE, TOO_RARELY, bootstrapped, draws

AB = ("ok", "bad")
TABLE = PatternTable.from_counts(
    [[3, 0]] * 90 + [[2, 1]] * 20 + [[1, 2]] * 9 + [[0, 3]] * 30 + [[1, 0]] * 40, AB
)
NAMES = (
    "percent-agreement/1",
    "gwet-ac1/1",
    "fleiss-kappa/1",
    "brennan-prediger/1",
    "krippendorff-alpha-nominal/1",
    "krippendorff-alpha-ordinal/1",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_estimate(name: str) -> None:
    one, again, other = (
        bootstrapped(TABLE, METRICS[name], replicates=200, seed=seed)
        for seed in (7, 7, 8)
    )
    assert one == again
    assert (one.low, one.high) != (other.low, other.high)
    assert one.error_form == "bootstrap of 200 draws, seed 7"
    assert one.interval_method == PERCENTILE


@pytest.mark.parametrize("name", NAMES)
def test_the_bootstrap_error_is_near_the_linearised_one(name: str) -> None:
    plain = METRICS[name](TABLE)
    found = bootstrapped(TABLE, METRICS[name], replicates=2000, seed=1)
    assert found.value == plain.value
    assert found.standard_error == pytest.approx(plain.standard_error, rel=0.07)
    assert found.low < found.value < found.high


@pytest.mark.parametrize("name", NAMES)
def test_a_draw_is_the_coefficient_of_its_table(name: str) -> None:
    found = draws(TABLE, METRICS[name], replicates=5, seed=3)
    rng = np.random.default_rng(3)
    times = rng.multinomial(TABLE.n_items, TABLE.multiplicities / TABLE.n_items, size=5)
    for value, weights in zip(found, times, strict=True):
        drawn = PatternTable(AB, TABLE.patterns, weights)
        assert value == pytest.approx(METRICS[name](drawn).value)


def test_many_patterns_are_drawn_in_pieces() -> None:
    rng = np.random.default_rng(2)
    rows = rng.multinomial(30, [0.5, 0.3, 0.1, 0.05, 0.05], 900)
    table = PatternTable.from_counts(rows, tuple("abcde"))
    assert len(table.patterns) > 500
    found = draws(table, METRICS["gwet-ac1/1"], replicates=1500, seed=1)
    assert found.shape == (1500,)
    assert np.isfinite(found).all()


def test_draws_without_a_value_leave_no_interval_or_are_left_out() -> None:
    alpha = METRICS["krippendorff-alpha-nominal/1"]
    rare = PatternTable.from_counts([[2, 0]] * 30 + [[1, 1]], AB)
    assert np.isnan(draws(rare, alpha, replicates=200, seed=1)).any()
    found = bootstrapped(rare, alpha, replicates=200, seed=1)
    assert (found.low, found.standard_error) == (None, None)
    assert found.no_interval == TOO_RARELY
    assert found.value is not None
    seldom = PatternTable.from_counts([[2, 0]] * 30 + [[1, 1]] * 4, AB)
    assert bootstrapped(seldom, alpha, replicates=500, seed=1).high is not None


def test_an_undefined_coefficient_stays_undefined() -> None:
    alone = PatternTable.from_counts([[2, 0]] * 4, AB)
    alpha = METRICS["krippendorff-alpha-nominal/1"]
    assert bootstrapped(alone, alpha) == alpha(alone)
