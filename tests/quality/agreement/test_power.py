import numpy as np
import pytest

from quality.agreement import PatternTable
from quality.agreement.planner import item_variance
from quality.agreement.populations import expected_patterns, guessing
from quality.agreement.power import (
    comparison,
    correlation_within,
    power_of,
    share_spread,
    spread_of,
)
from quality.agreement.shares import share_of_ratings
from tests.quality.agreement.test_planner import AB, AC1, pilot


def test_power_is_how_often_the_difference_is_seen() -> None:
    plan = comparison(
        0.05,
        share_spread(0.10, 2, 0.6),
        share_spread(0.05, 2, 0.6),
        raters=2,
        seconds_per_rating=30,
    )
    rng = np.random.default_rng(8)
    seen, runs = 0, 800
    for _ in range(runs):
        errors, values = [], []
        for rate in (0.10, 0.05):
            patterns, chances = guessing(np.array([1 - rate, rate]), 0.6**0.5, 2)
            times = rng.multinomial(plan.items, chances)
            found = share_of_ratings(
                PatternTable(AB, patterns.astype(int), times), ["wrong"]
            )
            values.append(found.value)
            errors.append(found.standard_error)
        seen += abs(values[0] - values[1]) > 1.96 * np.hypot(*errors)
    assert plan.power == pytest.approx(0.8, abs=0.01)
    assert seen / runs == pytest.approx(plan.power, abs=0.045)
    assert plan.hours == pytest.approx(2 * plan.items * 2 * 30 / 3600)


def test_the_spread_of_one_item_comes_from_the_pilot() -> None:
    share = share_of_ratings(pilot(4000), ["wrong"])
    rho = correlation_within(share)
    assert rho == pytest.approx(0.85**2, abs=0.06)
    assert spread_of(share) == pytest.approx(
        share_spread(share.value, 3, rho), rel=0.01
    )
    assert spread_of(AC1(pilot(4000))) == pytest.approx(
        item_variance(expected_patterns(pilot(4000), 3), AC1) ** 0.5, rel=0.01
    )


def test_the_same_source_items_on_both_sides_save_items() -> None:
    alone, paired = (
        comparison(0.05, 0.3, 0.3, raters=1, seconds_per_rating=1, same_items=c).items
        for c in (0.0, 0.5)
    )
    assert paired == pytest.approx(alone / 2, abs=1)
    assert power_of(0.0, 0.1) == pytest.approx(0.05)


def test_nothing_can_be_planned_without_spread() -> None:
    alike = PatternTable.from_counts([[2, 0]] * 20, AB)
    with pytest.raises(ValueError, match="no spread"):
        spread_of(AC1(alike))
    with pytest.raises(ValueError, match="how alike"):
        correlation_within(share_of_ratings(alike, ["wrong"]))
    with pytest.raises(ValueError, match="above 0"):
        power_of(0.1, 0)
    with pytest.raises(ValueError, match="not 0"):
        comparison(0.0, 0.3, 0.3, raters=1, seconds_per_rating=1)
    with pytest.raises(ValueError, match="without spread"):
        comparison(0.1, 0.3, 0.3, raters=1, seconds_per_rating=1, same_items=1.0)
