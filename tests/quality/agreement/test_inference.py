import numpy as np
import pytest

from quality.agreement import METRICS, PatternTable
from quality.agreement.inference import Inference

AB = ("a", "b")
TABLE = PatternTable.from_counts([[2, 0]] * 30 + [[0, 2]] * 12 + [[1, 1]] * 6, AB)
NAMES = ("percent-agreement/1", "gwet-ac1/1", "krippendorff-alpha-nominal/1")


@pytest.mark.parametrize("name", NAMES)
def test_a_finite_population_shrinks_the_error_and_not_the_value(name: str) -> None:
    whole = METRICS[name](TABLE)
    half = METRICS[name](TABLE, how=Inference(sampled=0.5))
    assert half.value == whole.value
    assert half.standard_error == pytest.approx(whole.standard_error / 2**0.5)
    assert whole.low < half.low < half.value < half.high < whole.high
    assert half.to_json()["sampled"] == 0.5


@pytest.mark.parametrize("name", NAMES)
def test_a_dataset_rated_as_a_whole_leaves_nothing_uncertain(name: str) -> None:
    found = METRICS[name](TABLE, how=Inference(sampled=1.0))
    assert (found.standard_error, found.low, found.high) == (
        0,
        found.value,
        found.value,
    )
    assert found.interval_method == "census"


def test_the_irrcac_form_differs_only_where_items_have_one_rating() -> None:
    single = TABLE + PatternTable.from_counts([[1, 0]] * 60, AB)
    for name in NAMES[:2]:
        forms = [
            METRICS[name](table, how=Inference(error=error)).standard_error
            for table in (TABLE, single)
            for error in ("ratio", "irrcac")
        ]
        assert forms[0] == pytest.approx(forms[1])
        assert forms[3] > 1.5 * forms[2]


def test_the_ratio_form_is_the_spread_that_repeated_studies_show() -> None:
    """One item in ten has two ratings: the published form is four times too wide."""
    rng = np.random.default_rng(5)
    know = rng.random((400, 600, 2)) < 0.8**0.5
    truth = rng.random((400, 600, 1)) < 0.9
    labels = np.where(know, truth, rng.random((400, 600, 2)) < 0.9).astype(int)
    ac1, values, ours, theirs = METRICS["gwet-ac1/1"], [], [], []
    for study in labels:
        rows = np.stack([(study == k).sum(axis=1) for k in (0, 1)], axis=1)
        rows[60:] = np.eye(2, dtype=int)[study[60:, 0]]
        table = PatternTable.from_counts(rows, AB)
        found = ac1(table)
        values.append(found.value)
        ours.append(found.standard_error)
        theirs.append(ac1(table, how=Inference(error="irrcac")).standard_error)
    spread = np.std(values)
    assert np.mean(ours) == pytest.approx(spread, rel=0.12)
    assert np.mean(theirs) > 3 * spread


def test_wald_is_what_others_print_and_leaves_the_scale_below() -> None:
    table = PatternTable.from_counts([[2, 0]] * 3 + [[1, 1]] * 2, AB)
    found = METRICS["gwet-ac1/1"](table, how=Inference(interval="wald"))
    assert found.interval_method == "wald"
    assert found.high == 1
    reach = 2.7764451051977987 * found.standard_error
    assert found.low == pytest.approx(found.value - reach)


def test_usual_choices_are_left_out_of_what_is_stored() -> None:
    usual = METRICS["gwet-ac1/1"](TABLE).to_json()
    assert {"error_form", "sampled", "raters"}.isdisjoint(usual)
    other = METRICS["gwet-ac1/1"](TABLE, how=Inference(error="irrcac")).to_json()
    assert other["error_form"] == "irrcac"
    assert set(other) - set(usual) == {"error_form"}


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"error": "exact"}, "none of ratio, irrcac"),
        ({"interval": "bca"}, "none of fisher-z, fisher-z-cautious, wald"),
        ({"sampled": 1.2}, "between 0 and 1"),
    ],
)
def test_an_unknown_choice_is_refused(choice: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Inference(**choice)
