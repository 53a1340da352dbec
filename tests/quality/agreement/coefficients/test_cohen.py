import numpy as np
import pytest

from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.estimate import NO_OVERLAP, NO_VARIATION, SINGLE_CATEGORY
from quality.agreement.inference import Inference
from quality.agreement.pair_table import PairTable
from quality.agreement.rater_table import RaterTable
from quality.agreement.weights import Weighting

AB = ("ok", "bad")


def pair(*cells: list[int]) -> PairTable:
    return PairTable(AB, np.array(cells))


@pytest.mark.parametrize("kind", ["identity", "quadratic", "ordinal"])
def test_cohen_is_conger_where_both_have_rated_everything(kind: str) -> None:
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 4, (60, 2))
    labels[:40, 1] = labels[:40, 0]
    items, raters = np.nonzero(labels >= 0)
    people = RaterTable.from_ratings(
        items, raters, labels.ravel(), ("a", "b", "c", "d"), ("x", "y")
    )
    one = cohen_kappa(people.pair("x", "y"), Weighting(kind))
    other = conger_kappa(people, Weighting(kind))
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-12)


def test_the_two_forms_of_the_error_differ_by_their_divisor() -> None:
    table = pair([40, 9], [6, 45])
    ours = cohen_kappa(table).standard_error
    theirs = cohen_kappa(table, how=Inference(error="irrcac")).standard_error
    assert ours == pytest.approx(theirs * (100 / 99) ** 0.5)


def test_swapping_the_raters_changes_nothing() -> None:
    table = pair([30, 12], [3, 15])
    one, other = cohen_kappa(table), cohen_kappa(pair([30, 3], [12, 15]))
    assert one.value == pytest.approx(other.value)
    assert one.standard_error == pytest.approx(other.standard_error)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [(([0, 0], [0, 0]), NO_OVERLAP), (([7, 0], [0, 0]), NO_VARIATION)],
)
def test_what_cannot_be_told_has_a_reason(
    cells: tuple[list[int], list[int]], reason: str
) -> None:
    found = cohen_kappa(pair(*cells))
    assert (found.value, found.undefined, found.no_interval) == (None, reason, reason)


def test_one_category_is_no_scale() -> None:
    found = cohen_kappa(PairTable(("ok",), np.array([[4]])))
    assert found.undefined == SINGLE_CATEGORY


def test_two_raters_who_never_vary_but_differ_have_a_kappa_of_zero() -> None:
    found = cohen_kappa(pair([0, 9], [0, 0]))
    assert found.value == 0
    assert found.standard_error == 0
    assert found.interval_method == "exact"
