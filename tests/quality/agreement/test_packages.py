"""Random tables with gaps against other packages, and against plain loops.

`./run bench crosschecks` does the same with 10,000 tables. Where a package answers
wrongly, a test shows it and says why.
"""

from collections import Counter
from itertools import product

import krippendorff
import numpy as np
import pytest
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

from benchmarks._cross_checks import compared, counts, names, studies
from quality.agreement import METRICS, PairTable, PatternTable
from quality.agreement.coefficients import krippendorff as ours
from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.estimate import NO_VARIATION, ONE_ITEM
from quality.agreement.item_sums import ItemSums, alpha_of_sums
from quality.agreement.rater_table import RaterTable
from quality.agreement.value_rows import ValueRows, ordinal_alpha_of_values
from quality.agreement.weights import WEIGHTS, Weighting
from tests.quality.agreement import plainly

TABLES, PLAINLY = 200, 150
CLOSE = 1e-9
FLEISS = "fleiss-kappa"


def long_form(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    items, raters = np.nonzero(labels >= 0)
    return items, raters, labels[items, raters]


def test_what_packages_say_of_random_tables_is_what_we_say() -> None:
    found: Counter[str] = Counter()
    for labels, q in studies(TABLES, seed=2):
        for answers in compared(labels, q):
            assert answers.apart < CLOSE, answers
            found[answers.package] += 1
    assert found["krippendorff"] > 7 * TABLES
    assert found["scikit-learn"] > 2 * TABLES
    assert found["statsmodels"] > 6 * TABLES


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
    table = PatternTable.from_counts(one_label, names(2))
    with np.errstate(invalid="ignore"):
        assert np.isnan(krippendorff.alpha(value_counts=one_label))
        assert np.isnan(fleiss_kappa([[2, 0], [2, 0]]))
        assert np.isnan(cohens_kappa([[3, 0], [0, 0]]).kappa)
    with pytest.warns(UndefinedMetricWarning):
        theirs = cohen_kappa_score([0, 0, 0], [0, 0, 0], labels=[0, 1])
    assert np.isnan(theirs)
    assert ours.alpha_nominal(table).undefined == NO_VARIATION
    assert METRICS["fleiss-kappa/1"](table).undefined == NO_VARIATION
    pair = PairTable(names(2), np.array([[3, 0], [0, 0]]))
    assert cohen_kappa(pair).undefined == NO_VARIATION

    one_item = np.array([[2, 1], [1, 0]])
    assert krippendorff.alpha(value_counts=one_item) == 0
    again = krippendorff.alpha(value_counts=np.array([[1, 1], [1, 0]]))
    assert again == 0, "whatever the ratings are, it says 0"
    alone = PatternTable.from_counts(one_item, names(2))
    assert ours.alpha_nominal(alone).undefined == ONE_ITEM


def test_krippendorff_loses_a_category_that_is_called_nan() -> None:
    """In texts, "nan" is how it marks a missing rating."""
    said = [["yes", "nan", "yes", "no"], ["yes", "nan", "no", "no"]]
    renamed = [[label.replace("nan", "maybe") for label in row] for row in said]
    theirs = krippendorff.alpha(said, level_of_measurement="nominal")
    table = PatternTable.from_ratings(
        [0, 1, 2, 3] * 2, [2, 1, 2, 0, 2, 1, 0, 0], ("no", "nan", "yes")
    )
    right = krippendorff.alpha(renamed, level_of_measurement="nominal")
    assert ours.alpha_nominal(table).value == pytest.approx(right, abs=CLOSE)
    assert theirs == pytest.approx(1 - 5 * 2 / 18)
    assert right == pytest.approx(1 - 7 * 2 / 42)


def test_scikit_learn_takes_a_missing_rating_for_a_label() -> None:
    """It has no mark for one; the pair must be left out by whoever calls it."""
    one, other = np.array([0, 0, 1, 1, -1]), np.array([0, 1, 1, -1, -1])
    both = (one >= 0) & (other >= 0)
    found = cohen_kappa(PairTable.from_labels(one, other, names(2))).value
    assert cohen_kappa_score(one[both], other[both]) == pytest.approx(found)
    assert found == pytest.approx(0.4)
    assert cohen_kappa_score(one, other) == pytest.approx(1 - 2 / 5 / (1 - 8 / 25))


def test_statsmodels_refuses_gaps_or_takes_them_for_a_label() -> None:
    """Its table needs as many ratings of each item, and its counting knows no gap."""
    labels = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 1], [1, 1, -1], [0, -1, -1]])
    rows = counts(labels, 2)
    with pytest.raises(AssertionError):
        fleiss_kappa(rows)
    marked, used = aggregate_raters(np.where(labels < 0, np.nan, labels))
    assert len(used) == 3, "NaN has become a label"
    assert used[:2].tolist() == [0, 1]
    found = METRICS["fleiss-kappa/1"](PatternTable.from_counts(rows, names(2))).value
    assert fleiss_kappa(marked) == pytest.approx(_plain_fleiss(marked))
    assert found == pytest.approx(plainly.chance_corrected(labels, np.eye(2))[FLEISS])
    assert abs(found - fleiss_kappa(marked)) > 0.1


def test_statsmodels_may_have_no_error_where_all_agree() -> None:
    """Rounding can leave its variance below 0; ours is 0, with the exact interval."""
    errors = []
    for sizes in product(range(1, 6), repeat=3):
        table = np.diag(sizes)
        with np.errstate(invalid="ignore"):
            errors.append(cohens_kappa(table).std_kappa)
        found = cohen_kappa(PairTable(names(3), table))
        assert found.value == pytest.approx(1, abs=CLOSE)
        assert found.standard_error == 0
        assert found.interval_method == "exact"
    assert np.isnan(errors).any()


def _plain_fleiss(rows: np.ndarray) -> float:
    n = rows.sum(axis=1)[0]
    seen = (rows * (rows - 1)).sum() / (len(rows) * n * (n - 1))
    by_chance = ((rows.sum(axis=0) / rows.sum()) ** 2).sum()
    return float((seen - by_chance) / (1 - by_chance))
