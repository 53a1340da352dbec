"""Random tables with gaps against other packages, and against plain loops.

statsmodels is no requirement of the tests, so Fleiss, Conger, Brennan-Prediger, AC1 and
AC2 are held against loops written from the definitions instead. Where a package
answers wrongly, a test shows it.
"""

import warnings
from collections.abc import Iterator

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from quality.agreement import METRICS, PatternTable
from quality.agreement.coefficients import krippendorff as ours
from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.estimate import NO_VARIATION, ONE_ITEM
from quality.agreement.item_sums import ItemSums, alpha_of_sums
from quality.agreement.rater_table import RaterTable
from quality.agreement.value_rows import ValueRows, ordinal_alpha_of_values
from quality.agreement.weights import WEIGHTS, Weighting
from tests.quality.agreement import plainly

TABLES, COHENS, PLAINLY = 2_000, 400, 150
CLOSE = 1e-9
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def studies(count: int, seed: int) -> Iterator[tuple[np.ndarray, int]]:
    """Labels (items, raters) with gaps and any skew, and their number of categories."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        n, r = int(rng.integers(3, 25)), int(rng.integers(2, 6))
        q = int(rng.integers(2, 6))
        truth = rng.choice(q, size=(n, 1), p=rng.dirichlet(np.full(q, 0.7)))
        guesses = rng.integers(0, q, (n, r))
        labels = np.where(rng.random((n, r)) < rng.random(), truth, guesses)
        labels[rng.random((n, r)) < rng.choice([0.0, 0.2, 0.6])] = -1
        yield labels, q


def counts(labels: np.ndarray, q: int) -> np.ndarray:
    return np.stack([(labels == k).sum(axis=1) for k in range(q)], axis=1)


def names(q: int) -> tuple[str, ...]:
    return tuple(f"c{k}" for k in range(q))


def long_form(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    items, raters = np.nonzero(labels >= 0)
    return items, raters, labels[items, raters]


def test_alpha_with_every_metric_is_that_of_the_krippendorff_package() -> None:
    compared = 0
    for t, (labels, q) in enumerate(studies(TABLES, seed=1)):
        rows = counts(labels, q)
        table = PatternTable.from_counts(rows, names(q))
        for level in LEVELS[t % 2 :: 2]:
            found = METRICS[f"krippendorff-alpha-{level}/1"](table).value
            if found is not None:
                theirs = krippendorff.alpha(
                    value_counts=rows,
                    value_domain=list(range(1, q + 1)),
                    level_of_measurement=level,
                )
                assert found == pytest.approx(theirs, abs=CLOSE)
                compared += 1
    assert compared > 1.5 * TABLES


def test_alpha_of_values_is_alpha_of_categories_and_of_the_package() -> None:
    rng = np.random.default_rng(2)
    for _ in range(200):
        items = np.repeat(np.arange(30), 3)
        scores = np.repeat(rng.integers(0, 101, 30), 3) + rng.integers(-9, 10, 90)
        values = np.clip(scores, 0, 100) / 4
        kept = rng.random(90) < 0.8
        items, values = items[kept], values[kept]
        wide = np.full((30, 3), np.nan)
        places = np.arange(90)[kept]
        wide[places // 3, places % 3] = values
        both = {
            "ordinal": ordinal_alpha_of_values(ValueRows.from_ratings(items, values)),
            "interval": alpha_of_sums(
                ItemSums.from_ratings(items, values, low=0, high=25)
            ),
        }
        used, labels = np.unique(values, return_inverse=True)
        table = PatternTable.from_ratings(items, labels, names(len(used)))
        for level, found in both.items():
            theirs = krippendorff.alpha(wide.T, level_of_measurement=level)
            assert found.value == pytest.approx(theirs, abs=CLOSE)
            counted = ours.krippendorff(level, tuple(used))(table)
            assert found.name == counted.name
            assert found.value == pytest.approx(counted.value, abs=CLOSE)
            error = counted.standard_error
            assert found.standard_error == pytest.approx(error, abs=CLOSE)


def test_cohen_is_that_of_scikit_learn() -> None:
    compared = 0
    kinds = {"identity": None, "linear": "linear", "quadratic": "quadratic"}
    for t, (labels, q) in enumerate(studies(COHENS, seed=3)):
        pair = labels[(labels[:, :2] >= 0).all(axis=1), :2]
        kind = list(kinds)[t % 3]
        people = RaterTable.from_ratings(*long_form(labels), names(q), "abcde")
        found = cohen_kappa(people.pair("a", "b"), Weighting(kind))
        if found.value is not None:
            theirs = cohen_kappa_score(
                *pair.T, labels=np.arange(q), weights=kinds[kind]
            )
            assert found.value == pytest.approx(theirs, abs=CLOSE)
            compared += 1
    assert compared > COHENS / 2


def test_the_other_coefficients_are_those_of_plain_loops() -> None:
    kinds = list(WEIGHTS)
    compared = 0
    for t, (labels, q) in enumerate(studies(PLAINLY, seed=4)):
        table = PatternTable.from_counts(counts(labels, q), names(q))
        if table.n_used < 2 or not table.n_pairable:
            continue
        weighting = Weighting(kinds[t % len(kinds)])
        people = RaterTable.from_ratings(*long_form(labels), names(q), "abcde")
        expected = plainly.chance_corrected(labels, weighting.matrix(q))
        for name, value in expected.items():
            if name == "conger-kappa":
                found = conger_kappa(people, weighting)
            else:
                base = name.replace("gwet-ac", "gwet-ac2")
                plain = base.replace("ac2", "ac1")
                weighed = weighting.kind != "identity"
                found = METRICS[weighting.named(base if weighed else plain)](table)
            assert found.value == pytest.approx(value, abs=CLOSE), name
            compared += 1
    assert compared > 4 * PLAINLY


def test_every_influence_is_the_derivative_of_its_coefficient() -> None:
    """The infinitesimal jackknife, for every published name."""
    step = 1e-5
    for labels, q in studies(12, seed=5):
        table = PatternTable.from_counts(counts(labels, q), names(q))
        if table.n_pairable < 2 or table.pairable.n_used < 2:
            continue
        patterns = table.patterns.astype(float)
        times = table.multiplicities.astype(float)
        nudged = times + step * np.stack([np.eye(len(times)), -np.eye(len(times))])
        for coefficient in METRICS.values():
            found = coefficient.linearise(patterns, times, "ratio")
            up, down = coefficient.linearise(patterns, nudged, "ratio").value
            slopes = (up - down) / (2 * step) * float(found.n_effective)
            assert found.influences == pytest.approx(slopes, rel=1e-5, abs=1e-6)


def test_congers_error_is_the_infinitesimal_jackknife() -> None:
    for labels, q in studies(4, seed=6):
        labels = labels[(labels >= 0).any(axis=1)][:8]
        people = RaterTable.from_ratings(*long_form(labels), names(q), "abcde")
        found = conger_kappa(people, Weighting("linear"))
        if found.standard_error:
            weights = Weighting("linear").matrix(q)
            error = plainly.jackknife(labels, weights, "conger-kappa", slips=1 / 16)
            assert found.standard_error == pytest.approx(error, rel=0.1)


def test_packages_answer_where_nothing_can_be_told() -> None:
    """One label in use, or one item with two ratings: they print a number or NaN."""
    one_label = np.array([[2, 0], [3, 0]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = krippendorff.alpha(value_counts=one_label)
        assert np.isnan(theirs)
        assert np.isnan(cohen_kappa_score([0, 0, 0], [0, 0, 0], labels=[0, 1]))
    table = PatternTable.from_counts(one_label, names(2))
    assert ours.alpha_nominal(table).undefined == NO_VARIATION

    one_item = np.array([[2, 1], [1, 0]])
    assert krippendorff.alpha(value_counts=one_item) == 0
    again = krippendorff.alpha(value_counts=np.array([[1, 1], [1, 0]]))
    assert again == 0, "whatever the ratings are, it says 0"
    alone = PatternTable.from_counts(one_item, names(2))
    assert ours.alpha_nominal(alone).undefined == ONE_ITEM
