import json
from math import sqrt

import numpy as np
import pytest
from scipy.stats import beta, t  # type: ignore[import-untyped]

from quality.agreement import PatternTable
from quality.agreement.populations import guessing
from quality.agreement.ratios import NO_TRIES, ONE_TRY, WILSON, ratio_of, wilson
from quality.agreement.shares import share_of_items, share_of_ratings

AB = ("ok", "wrong")


def table(*rows: tuple[list[int], int]) -> PatternTable:
    return PatternTable.from_counts([row for row, n in rows for _ in range(n)], AB)


def test_the_error_is_that_of_a_ratio_of_totals() -> None:
    found = share_of_ratings(
        table(([3, 0], 40), ([2, 1], 5), ([0, 3], 6), ([1, 0], 9)), ["wrong"]
    )
    hits = np.repeat([0, 1, 3, 0], [40, 5, 6, 9])
    tries = np.repeat([3, 3, 3, 1], [40, 5, 6, 9])
    value = hits.sum() / tries.sum()
    variance = 60 / 59 * ((hits - value * tries) ** 2).sum() / tries.sum() ** 2
    assert found.value == pytest.approx(value)
    assert found.standard_error == pytest.approx(sqrt(variance))
    assert (found.n_items, found.n_tries) == (60, 162)
    assert found.interval_method == WILSON
    assert found.low < value < found.high


def test_asking_twice_about_each_item_makes_nothing_more_certain() -> None:
    """Taking ratings for independent tries would shrink the interval by a third."""
    once, twice = table(([1, 0], 90), ([0, 1], 10)), table(([2, 0], 90), ([0, 2], 10))
    one, other = share_of_ratings(once, ["wrong"]), share_of_ratings(twice, ["wrong"])
    assert (one.value, one.low, one.high) == pytest.approx(
        (other.value, other.low, other.high)
    )
    assert other.design_effect == pytest.approx(2 * one.design_effect)


def test_items_can_weigh_alike_whatever_their_ratings() -> None:
    uneven = table(([4, 0], 10), ([0, 1], 10))
    assert share_of_ratings(uneven, ["wrong"]).value == 0.2
    assert share_of_items(uneven, ["wrong"]).value == 0.5


@pytest.mark.parametrize("n", [2, 30, 400])
def test_none_and_all_have_clopper_and_pearsons_bound_for_items(n: int) -> None:
    none = share_of_ratings(table(([3, 0], n)), ["wrong"])
    every = share_of_ratings(table(([0, 3], n)), ["wrong"])
    assert (none.value, none.low, none.standard_error) == (0, 0, 0)
    assert none.high == pytest.approx(beta.ppf(0.975, 1, n))
    assert (every.value, every.high) == (1, 1)
    assert every.low == pytest.approx(1 - none.high)
    assert none.interval_method == every.interval_method == "exact"


def test_several_labels_count_together_and_once() -> None:
    found = PatternTable.from_counts([[1, 1, 0], [0, 1, 1], [2, 0, 0]], ("a", "b", "c"))
    assert share_of_ratings(found, ["b", "c", "b"]).value == 0.5
    assert share_of_ratings(found, ["a", "b", "c"]).value == 1


def test_a_share_that_cannot_be_told_has_a_reason() -> None:
    nobody = share_of_ratings(PatternTable.empty(AB), ["wrong"])
    assert (nobody.value, nobody.undefined) == (None, NO_TRIES)
    alone = share_of_ratings(table(([1, 1], 1)), ["wrong"])
    assert (alone.value, alone.low, alone.no_interval) == (0.5, None, ONE_TRY)
    assert json.loads(json.dumps(alone.to_json()))["value"] == 0.5
    with pytest.raises(ValueError, match="are not labels"):
        share_of_ratings(table(([1, 1], 2)), ["Wrong"])
    with pytest.raises(ValueError, match="are not labels"):
        share_of_ratings(table(([1, 1], 2)), "wrong")


def test_a_finite_population_narrows_the_interval_down_to_nothing() -> None:
    some = table(([2, 0], 40), ([1, 1], 12))
    widths = []
    for sampled in (0.0, 0.5, 1.0):
        found = share_of_ratings(some, ["wrong"], sampled=sampled)
        widths.append(found.high - found.low)
    assert widths[0] > widths[1] > widths[2] == 0


def test_wilson_solves_its_own_equation() -> None:
    quantile = float(t.ppf(0.975, 49))
    for bound in wilson(0.12, 73.5, quantile):
        reach = quantile * sqrt(bound * (1 - bound) / 73.5)
        assert abs(bound - 0.12) == pytest.approx(reach)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.3])
@pytest.mark.parametrize("n", [50, 300])
def test_the_interval_of_a_share_holds(rate: float, n: int) -> None:
    patterns, chances = guessing(np.array([1 - rate, rate]), 0.8, 3)
    rng = np.random.default_rng([n, round(100 * rate)])
    held = naive = 0
    for _ in range(1000):
        times = rng.multinomial(n, chances)
        found = ratio_of("x", patterns[:, 1], patterns.sum(axis=1), times)
        held += found.low <= rate <= found.high
        low, high = wilson(found.value, 3 * n, 1.96)
        naive += low <= rate <= high
    assert 0.925 < held / 1000 < 0.985
    assert naive / 1000 < 0.90
