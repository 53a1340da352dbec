import numpy as np
import pytest

from quality.agreement import METRICS
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.estimate import NO_OVERLAP, NO_VARIATION, NOBODY
from quality.agreement.rater_table import RaterTable

AB = ("ok", "bad")


def people(rows: list[list[int]]) -> RaterTable:
    """From items x raters, -1 for a missing rating."""
    labels = np.array(rows).reshape(len(rows), -1)
    items, raters = np.nonzero(labels >= 0)
    names = [f"r{g}" for g in range(labels.shape[1])]
    return RaterTable.from_ratings(items, raters, labels[items, raters], AB, names)


def test_raters_of_different_habits_leave_less_to_chance_than_fleiss_thinks() -> None:
    rows = [[0, 0], [0, 1], [0, 1], [1, 1], [0, 0], [0, 1]]
    table = people(rows)
    conger = conger_kappa(table)
    fleiss = METRICS["fleiss-kappa/1"](table.table)
    assert conger.observed == fleiss.observed
    assert conger.expected < fleiss.expected
    assert conger.value > fleiss.value


def test_a_missing_rating_sets_conger_apart_from_cohen() -> None:
    """All ratings of a rater make his habits, the unpaired ones too."""
    table = people([[0, 0], [1, 1], [0, 1], [0, -1]])
    marginal = 0.75 * (1 / 3) + 0.25 * (2 / 3)
    assert conger_kappa(table).expected == pytest.approx(marginal)


def test_a_rater_without_ratings_changes_nothing() -> None:
    rows = [[0, 0], [0, 1], [1, 1], [1, 1]]
    with_one, without = people([[*row, -1] for row in rows]), people(rows)
    assert conger_kappa(with_one) == conger_kappa(without)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[-1, -1]], NOBODY),
        ([[0, -1], [-1, 1]], NO_OVERLAP),
        ([[0, 0], [0, 0]], NO_VARIATION),
    ],
)
def test_what_cannot_be_told_has_a_reason(rows: list[list[int]], reason: str) -> None:
    found = conger_kappa(people(rows))
    assert (found.value, found.undefined) == (None, reason)


def test_raters_who_always_differ_have_no_spread() -> None:
    """What rounding leaves of a zero would be taken for a very small error."""
    found = conger_kappa(people([[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]))
    assert found.value == pytest.approx(0)
    assert (found.standard_error, found.interval_method) == (0.0, "exact")
