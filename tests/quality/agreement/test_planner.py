import numpy as np
import pytest

from quality.agreement import METRICS, PatternTable
from quality.agreement.estimate import NO_OVERLAP, NO_VARIATION
from quality.agreement.planner import item_variance, plans
from quality.agreement.populations import (
    MODEL,
    PILOT,
    Population,
    expected_patterns,
    guessing,
)

AB = ("ok", "wrong")
AC1, ALPHA = METRICS["gwet-ac1/1"], METRICS["krippendorff-alpha-nominal/1"]

# Prevalence, kappa, raters; items for +-0.03 of AC1 and of kappa, by Wald at 95 %.
NEEDED = [
    ((0.5, 0.5), 0.6, 2, 2732, 2732),
    ((0.5, 0.5), 0.6, 5, 888, 888),
    ((0.9, 0.1), 0.6, 2, 485, 7832),
    ((0.9, 0.1), 0.8, 3, 159, 2893),
    ((0.98, 0.02), 0.6, 3, 50, 23257),
    ((0.6, 0.25, 0.1, 0.04, 0.01), 0.6, 3, 646, 1363),
    ((0.6, 0.25, 0.1, 0.04, 0.01), 0.8, 3, 380, 850),
]


@pytest.mark.parametrize(("prevalence", "kappa", "raters", "ac1", "others"), NEEDED)
def test_the_items_for_a_width_are_those_worked_out_before(
    prevalence: tuple[float, ...], kappa: float, raters: int, ac1: int, others: int
) -> None:
    population = Population(*guessing(np.array(prevalence), kappa**0.5, raters), MODEL)
    for name, expected in [("gwet-ac1/1", ac1), ("fleiss-kappa/1", others)]:
        variance = item_variance(population, METRICS[name])
        assert abs(1.959964**2 * variance / 0.03**2 - expected) <= 2
    alpha = item_variance(population, ALPHA)
    assert alpha == pytest.approx(item_variance(population, METRICS["fleiss-kappa/1"]))


def pilot(n: int = 120, raters: int = 3, seed: int = 1) -> PatternTable:
    patterns, chances = guessing(np.array([0.9, 0.1]), 0.85, raters)
    times = np.random.default_rng(seed).multinomial(n, chances)
    return PatternTable(AB, patterns.astype(int), times)


def test_a_plan_says_where_it_comes_from_and_what_it_costs() -> None:
    two, three, five = plans(
        pilot(), ALPHA, half_width=0.1, raters=(2, 3, 5), seconds_per_rating=36
    )
    assert [p.source for p in (two, three, five)] == [PILOT, PILOT, MODEL]
    assert two.items > three.items > five.items
    assert three.ratings == 3 * three.items
    assert three.hours == pytest.approx(three.ratings / 100)
    assert (three.high - three.low) / 2 <= 0.1


def test_a_plan_holds_what_it_promises() -> None:
    """Studies of the planned size have intervals of about the wanted width."""
    (plan,) = plans(pilot(), ALPHA, half_width=0.08, raters=(3,), seconds_per_rating=9)
    source = expected_patterns(pilot(), 3)
    rng = np.random.default_rng(4)
    widths = []
    for _ in range(60):
        times = rng.multinomial(plan.items, source.probabilities)
        found = ALPHA(PatternTable(AB, source.patterns.astype(int), times))
        widths.append((found.high - found.low) / 2)
    assert np.mean(widths) == pytest.approx(0.08, rel=0.08)


def test_a_narrower_interval_costs_the_square() -> None:
    wide, narrow = (
        plans(pilot(), ALPHA, half_width=w, raters=(3,), seconds_per_rating=9)[0].items
        for w in (0.1, 0.05)
    )
    assert narrow / wide == pytest.approx(4, rel=0.1)


def test_half_the_items_shared_need_more_items_and_fewer_ratings_each() -> None:
    full, half = (
        plans(
            pilot(), ALPHA, half_width=0.1, raters=(3,), seconds_per_rating=9, overlap=o
        )[0]
        for o in (1.0, 0.5)
    )
    assert half.items == pytest.approx(2 * full.items, rel=0.02)
    assert half.shared == round(half.items / 2)
    assert half.ratings == 3 * half.shared + half.items - half.shared


def test_a_unanimous_pilot_plans_by_the_exact_bound() -> None:
    alike = PatternTable.from_counts([[2, 0]] * 20 + [[0, 2]] * 20, AB)
    (plan,) = plans(alike, AC1, half_width=0.05, raters=(2,), seconds_per_rating=9)
    assert plan.value == 1
    without = (1 - 0.025 ** (1 / plan.items)) / (1 - 0.5) / 2
    one_less = (1 - 0.025 ** (1 / (plan.items - 1))) / (1 - 0.5) / 2
    assert without <= 0.05 < one_less


@pytest.mark.parametrize(
    ("rows", "reason"), [([[1, 0]] * 9, NO_OVERLAP), ([[2, 0]] * 9, NO_VARIATION)]
)
def test_a_pilot_that_tells_nothing_plans_nothing(
    rows: list[list[int]], reason: str
) -> None:
    table = PatternTable.from_counts(rows, AB)
    found = plans(table, ALPHA, half_width=0.1, raters=(2,), seconds_per_rating=9)
    assert found == reason


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        plans(pilot(), ALPHA, half_width=0, raters=(2,), seconds_per_rating=9)
    told = plans(pilot(), ALPHA, half_width=1e-6, raters=(2,), seconds_per_rating=9)
    assert told == "more than 1,000,000,000 items with 2 raters"
