import numpy as np
import pytest

from quality.agreement import METRICS, PatternTable
from quality.agreement.cautious import telling_items, with_made_up_items
from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.inference import Inference
from quality.agreement.intervals import CAUTIOUS, TOO_FEW
from quality.agreement.pair_table import PairTable
from quality.agreement.populations import guessing

AB = ("ok", "bad")
HOW = Inference(interval=CAUTIOUS)
ALPHA = METRICS["krippendorff-alpha-nominal/1"]


def test_one_agreed_pair_per_category_in_use_and_half_as_many_disagreed() -> None:
    patterns = np.array([[2.0, 0, 0, 0], [0, 1, 1, 0]])
    rows, times = with_made_up_items(patterns, np.array([9.0, 2.0]))
    added, weights = rows[2:], times[2:]
    assert rows[:2].tolist() == patterns.tolist()
    agreed = added.max(axis=1) == 2
    assert weights[agreed].tolist() == [1, 1, 1, 0]
    assert weights[~agreed].sum() == pytest.approx(1.5)
    assert weights[~agreed] @ added[~agreed] == pytest.approx([1, 1, 1, 0])


def test_many_tables_at_once_are_each_their_own() -> None:
    patterns = np.array([[2.0, 0], [1, 1], [0, 2]])
    many = np.array([[5.0, 0, 0], [5, 1, 0], [3, 1, 4]])
    rows, together = with_made_up_items(patterns, many)
    for times, expected in zip(many, together, strict=True):
        alone = with_made_up_items(patterns, times)
        assert np.array_equal(alone[0], rows)
        assert np.array_equal(alone[1], expected)


def test_one_outlier_is_one_telling_item_and_equals_are_as_many_as_they_are() -> None:
    assert telling_items(np.array([99.0, 1.0]), np.array([0.0, 3.0])) == 1
    assert telling_items(np.array([5.0, 5.0]), np.array([2.0, -2.0])) == 10
    assert telling_items(np.array([5.0]), np.array([0.0])) == 0


def test_a_table_that_tells_nothing_gets_an_interval_that_says_so() -> None:
    """One disagreement and no agreement on the rare label: alpha about 0, error too."""
    table = PatternTable.from_counts([[2, 0]] * 40 + [[1, 1]], AB)
    usual, cautious = ALPHA(table), ALPHA(table, how=HOW)
    assert usual.high < 0.05
    assert cautious.low < usual.low
    assert cautious.high > 0.8
    assert cautious.value == usual.value
    assert cautious.standard_error == usual.standard_error
    assert cautious.interval_method == CAUTIOUS


@pytest.mark.parametrize("name", ["percent-agreement/1", "gwet-ac1/1", ALPHA.name])
def test_plenty_of_items_leave_the_usual_interval(name: str) -> None:
    table = PatternTable.from_counts(
        [[2, 0]] * 4000 + [[0, 2]] * 3000 + [[1, 1]] * 700, AB
    )
    usual, cautious = METRICS[name](table), METRICS[name](table, how=HOW)
    assert cautious.low == pytest.approx(usual.low, abs=2e-3)
    assert cautious.high == pytest.approx(usual.high, abs=2e-3)


def test_categories_without_a_rating_leave_alpha_alone() -> None:
    rows = np.array([[2, 0]] * 9 + [[1, 1]] * 3 + [[0, 2]] * 4)
    two = ALPHA(PatternTable.from_counts(rows, AB), how=HOW)
    wide = np.pad(rows, ((0, 0), (0, 3)))
    five = ALPHA(PatternTable.from_counts(wide, tuple("abcde")), how=HOW)
    assert (five.low, five.high) == pytest.approx((two.low, two.high))


def test_the_value_lies_inside_and_full_agreement_reaches_one() -> None:
    table = PatternTable.from_counts([[2, 0]] * 9 + [[0, 2]] * 9, AB)
    for metric in METRICS.values():
        found = metric(table, how=HOW)
        assert found.low < found.value == found.high == 1


@pytest.mark.parametrize("skew", [0.8, 0.95, 0.99])
def test_intervals_of_alpha_hold_where_one_label_dominates(skew: float) -> None:
    patterns, chances = guessing(np.array([skew, 1 - skew]), 0.8**0.5, 3)
    rng = np.random.default_rng(round(100 * skew))
    held, usual, counted = 0, 0, 0
    for times in rng.multinomial(50, chances, size=400):
        table = PatternTable(AB, patterns.astype(int), times)
        cautious, plain = ALPHA(table, how=HOW), ALPHA(table)
        if cautious.low is not None:
            counted += 1
            held += cautious.low <= 0.8 <= cautious.high
            usual += plain.low <= 0.8 <= plain.high
    assert held / counted > 0.935
    assert skew < 0.95 or usual / counted < 0.92


def test_one_pairable_item_has_no_cautious_interval_either() -> None:
    table = PatternTable.from_counts([[1, 1], [1, 0]], AB)
    found = METRICS["gwet-ac1/1"](table, how=HOW)
    assert (found.low, found.standard_error, found.no_interval) == (None, None, TOO_FEW)


def test_coefficients_of_other_tables_refuse_it() -> None:
    with pytest.raises(ValueError, match="cohen-kappa/1 has no fisher-z-cautious"):
        cohen_kappa(PairTable(AB, np.array([[4, 1], [1, 4]])), how=HOW)
