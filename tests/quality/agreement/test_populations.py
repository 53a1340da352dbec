from itertools import permutations
from math import comb

import numpy as np
import pytest

from quality.agreement import PatternTable
from quality.agreement.coefficients.krippendorff import alpha_nominal, krippendorff
from quality.agreement.populations import (
    MODEL,
    PILOT,
    expected_patterns,
    fitted,
    guessing,
)

ALPHA = krippendorff("nominal")


def test_the_model_has_the_prevalence_and_the_kappa_it_was_given() -> None:
    prevalence = np.array([0.7, 0.2, 0.1])
    patterns, chances = guessing(prevalence, 0.8, 4)
    assert len(patterns) == comb(6, 2)
    assert chances.sum() == pytest.approx(1)
    assert chances @ patterns / 4 == pytest.approx(prevalence)
    times = chances * 1e9
    assert ALPHA.linearise(patterns, times, "ratio").value == pytest.approx(0.64)


def test_fewer_raters_are_all_choices_among_those_of_the_pilot() -> None:
    rows = [[3, 1, 0], [1, 2, 1], [0, 0, 4]] * 10
    population = expected_patterns(PatternTable.from_counts(rows, tuple("abc")), 2)
    chosen: dict[tuple[int, ...], int] = {}
    for row in rows:
        ratings = [k for k, n in enumerate(row) for _ in range(n)]
        for pair in permutations(ratings, 2):
            key = tuple(pair.count(k) for k in range(3))
            chosen[key] = chosen.get(key, 0) + 1
    total = sum(chosen.values())
    found = dict(
        zip(
            map(tuple, population.patterns.astype(int).tolist()),
            population.probabilities,
            strict=True,
        )
    )
    assert population.source == PILOT
    assert found == pytest.approx({key: n / total for key, n in chosen.items()})


def test_more_raters_than_the_pilot_had_follow_the_model_fitted_to_it() -> None:
    rows = [[2, 0]] * 50 + [[0, 2]] * 10 + [[1, 1]] * 6
    seen = PatternTable.from_counts(rows, ("ok", "wrong"))
    population = expected_patterns(seen, 4)
    assert population.source == MODEL
    patterns, chances = fitted(seen, 4)
    assert np.array_equal(population.patterns, patterns)
    assert chances @ patterns / 4 == pytest.approx([106 / 132, 26 / 132])
    found = ALPHA.linearise(patterns, 1e9 * chances, "ratio").value
    assert found == pytest.approx(alpha_nominal(seen).value)


def test_a_pilot_worse_than_chance_is_taken_for_guessing() -> None:
    rows = [[1, 1]] * 40 + [[2, 0]] * 2
    patterns, chances = fitted(PatternTable.from_counts(rows, ("ok", "wrong")), 2)
    share = 44 / 84
    assert dict(zip(map(tuple, patterns.tolist()), chances, strict=True))[
        (2.0, 0.0)
    ] == pytest.approx(share**2)


def test_items_outside_the_overlap_show_one_rating() -> None:
    seen = PatternTable.from_counts([[2, 0]] * 30 + [[0, 2]] * 10, ("ok", "wrong"))
    population = expected_patterns(seen, 2, overlap=0.25)
    single = population.patterns.sum(axis=1) == 1
    assert population.probabilities.sum() == pytest.approx(1)
    assert population.probabilities[single].sum() == pytest.approx(0.75)
    assert population.probabilities[single] / 0.75 == pytest.approx([0.75, 0.25])


def test_what_has_no_patterns_is_refused() -> None:
    seen = PatternTable.from_counts([[2, 0]] * 30, ("ok", "wrong"))
    with pytest.raises(ValueError, match="two raters, not 1"):
        expected_patterns(seen, 1)
    with pytest.raises(ValueError, match="too many patterns"):
        guessing(np.full(12, 1 / 12), 0.5, 12)
