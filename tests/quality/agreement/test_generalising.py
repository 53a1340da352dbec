import numpy as np
import pytest

from quality.agreement import METRICS
from quality.agreement.crossed import CrossedTable
from quality.agreement.generalising import (
    NOT_CROSSED,
    NOT_WITHOUT,
    THREE_RATERS,
    over_raters,
)
from quality.agreement.inference import Inference

AB = ("ok", "bad")
AC1 = METRICS["gwet-ac1/1"]


def crossed(labels: np.ndarray) -> CrossedTable:
    return CrossedTable.from_matrix(
        labels, AB, [f"r{g}" for g in range(labels.shape[1])]
    )


def simulated(n: int, r: int, seed: int = 1) -> np.ndarray:
    """Raters who differ in how often they slip."""
    rng = np.random.default_rng(seed)
    truth, slips = rng.integers(0, 2, (n, 1)), rng.uniform(0, 0.4, r)
    return np.where(rng.random((n, r)) < slips, 1 - truth, truth)


def sparse(n: int) -> np.ndarray:
    """Eight raters, of whom two rate each item."""
    labels, items = np.full((n, 8), -1), np.arange(n)
    labels[items, items % 8] = labels[items, (items + 3) % 8] = items % 2
    return labels


def test_the_raters_share_is_a_jackknife_over_raters() -> None:
    labels = simulated(80, 5)
    found, fixed = over_raters(crossed(labels), AC1), AC1(crossed(labels).patterns)
    without = [
        AC1(crossed(np.delete(labels, g, axis=1)).patterns).value for g in range(5)
    ]
    expected = fixed.standard_error**2 + 4 / 5 * np.sum(
        (without - np.mean(without)) ** 2
    )
    assert found.standard_error == pytest.approx(expected**0.5)
    assert found.low < fixed.low < found.value < fixed.high < found.high
    assert (found.raters, fixed.raters) == ("random", "fixed")
    assert found.to_json()["raters"] == "random"


def test_all_raters_there_are_leave_the_items_alone_uncertain() -> None:
    table = crossed(simulated(80, 5))
    found = over_raters(table, AC1, raters_sampled=1.0)
    assert found.standard_error == pytest.approx(AC1(table.patterns).standard_error)
    assert found.high - found.low == pytest.approx(
        AC1(table.patterns).high - AC1(table.patterns).low
    )


def test_unanimous_raters_still_get_the_exact_bound() -> None:
    labels = np.repeat(np.array([[0], [1]] * 20), 3, axis=1)
    found = over_raters(crossed(labels), AC1)
    assert (found.value, found.standard_error, found.high) == (1.0, 0.0, 1.0)
    assert found.low < 1


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (simulated(40, 2), THREE_RATERS),
        (np.where(np.eye(40, 8) + np.eye(40, 8, -8) > 0, 0, -1), "no item"),
        (sparse(40), NOT_CROSSED),
        (np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 1]]), NOT_WITHOUT),
    ],
)
def test_other_designs_have_a_value_and_no_interval(
    labels: np.ndarray, reason: str
) -> None:
    name = "krippendorff-alpha-nominal/1"
    found = over_raters(crossed(labels), METRICS[name])
    assert reason in found.no_interval
    assert (found.standard_error, found.low, found.high) == (None, None, None)


def test_a_crossed_table_adds_up_and_counts_as_one() -> None:
    labels = simulated(50, 3)
    labels[::7, 1] = -1
    whole = crossed(labels)
    halves = crossed(labels[:20]) + crossed(labels[20:])
    assert np.array_equal(halves.rows, whole.rows)
    assert np.array_equal(halves.multiplicities, whole.multiplicities)
    assert whole.with_raters().table == whole.patterns
    assert whole.filled == pytest.approx((labels >= 0).mean())
    assert whole.without(1) == crossed(labels[:, [0, 2]]).patterns
    with pytest.raises(ValueError, match="do not add up"):
        whole + crossed(labels[:, :2])
    with pytest.raises(ValueError, match="beyond the 2"):
        crossed(labels + 2)


def test_only_the_usual_interval_is_made_for_random_raters() -> None:
    with pytest.raises(ValueError, match="have no wald interval"):
        over_raters(crossed(simulated(9, 3)), AC1, how=Inference(interval="wald"))
