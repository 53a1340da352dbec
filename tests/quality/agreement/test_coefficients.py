"""Degenerate input, row by row, and what percent agreement and AC1 make of skew."""

import json

import pytest

from quality.agreement import METRICS, PatternTable
from quality.agreement.estimate import (
    NO_OVERLAP,
    NO_PAIRED_VARIATION,
    NO_VARIATION,
    NOBODY,
    ONE_ITEM,
    SINGLE_CATEGORY,
)
from quality.agreement.intervals import TOO_FEW

PA, AC1 = "percent-agreement/1", "gwet-ac1/1"
NOMINAL, ORDINAL = "krippendorff-alpha-nominal/1", "krippendorff-alpha-ordinal/1"
AB = ("ok", "bad")

# rows, categories, and for pa, AC1 and both alphas the value or the reason
DEGENERATE = {
    "no ratings": ([], AB, NOBODY, NOBODY, NOBODY),
    "only empty rows": ([[0, 0]], AB, NOBODY, NOBODY, NOBODY),
    "no overlap": ([[1, 0], [0, 1]], AB, NO_OVERLAP, NO_OVERLAP, NO_OVERLAP),
    "one category declared": (
        [[2], [3]],
        ("ok",),
        SINGLE_CATEGORY,
        SINGLE_CATEGORY,
        SINGLE_CATEGORY,
    ),
    "one category used": ([[2, 0], [3, 0], [1, 0]], AB, 1.0, 1.0, NO_VARIATION),
    "the other category only on a single-rated item": (
        [[2, 0], [2, 0], [0, 1]],
        AB,
        1.0,
        1.0,
        NO_PAIRED_VARIATION,
    ),
    "one pairable item": ([[2, 1], [1, 0]], AB, 1 / 3, None, ONE_ITEM),
    "all agree on two": ([[2, 0], [0, 2]], AB, 1.0, 1.0, 1.0),
    "nobody ever agrees": ([[1, 1]] * 6, AB, 0.0, -1.0, -5 / 6),
}


@pytest.mark.parametrize("situation", DEGENERATE)
def test_degenerate_ratings_give_a_value_or_a_reason(situation: str) -> None:
    rows, categories, *answers = DEGENERATE[situation]
    table = PatternTable.from_counts(rows, categories)
    names = ((PA,), (AC1,), (NOMINAL, ORDINAL))
    for answer, wanted in zip(answers, names, strict=True):
        for name in wanted:
            found = METRICS[name](table)
            if isinstance(answer, str):
                assert (found.value, found.undefined) == (None, answer)
                assert found.standard_error is None
                assert found.low is None
                assert found.no_interval == answer
            elif answer is not None:
                assert found.value == pytest.approx(answer)
                assert found.undefined == ""


def test_one_pairable_item_has_a_value_without_an_interval() -> None:
    table = PatternTable.from_counts([[2, 1], [1, 0]], AB)
    for name in (PA, AC1):
        found = METRICS[name](table)
        assert found.value is not None
        assert (found.standard_error, found.low, found.high) == (None, None, None)
        assert found.no_interval == TOO_FEW
        assert found.interval_method == ""


def test_single_rated_items_inform_the_prevalence_and_not_the_agreement() -> None:
    paired = [[2, 0], [0, 2], [1, 1]]
    few = PatternTable.from_counts(paired, AB)
    many = PatternTable.from_counts([*paired, *[[1, 0]] * 20], AB)

    assert METRICS[PA](few).value == METRICS[PA](many).value
    assert METRICS[AC1](few).expected != METRICS[AC1](many).expected
    assert METRICS[NOMINAL](few).value == METRICS[NOMINAL](many).value
    assert METRICS[NOMINAL](few).standard_error == pytest.approx(
        METRICS[NOMINAL](many).standard_error
    )


def test_unanimity_has_no_error_even_when_some_items_have_one_rating() -> None:
    """The case in which the published packages print an error of 0.25."""
    table = PatternTable.from_counts([[2, 0]] * 4 + [[1, 0]], AB)
    found = METRICS[AC1](table)
    assert (found.value, found.standard_error, found.high) == (1.0, 0.0, 1.0)
    assert found.low == pytest.approx(0.025 ** (1 / 4))


def test_declared_categories_move_ac1_and_leave_alpha_alone() -> None:
    rows = [[2, 0], [0, 2], [1, 1], [2, 0]]
    two = PatternTable.from_counts(rows, AB)
    five = PatternTable.from_counts(
        [[*row, 0, 0, 0] for row in rows], ["ok", "bad", "c", "d", "e"]
    )
    for name in (PA, NOMINAL, ORDINAL):
        assert METRICS[name](two).value == pytest.approx(METRICS[name](five).value)
        assert METRICS[name](two).low == pytest.approx(METRICS[name](five).low)
    two_ac1, five_ac1 = METRICS[AC1](two).value, METRICS[AC1](five).value
    assert two_ac1 is not None
    assert five_ac1 is not None
    assert five_ac1 > two_ac1


def test_one_dissent_gives_an_alpha_of_zero_and_a_high_ac1() -> None:
    table = PatternTable.from_counts([[3, 0]] * 27 + [[2, 1]], AB)
    assert METRICS[NOMINAL](table).value == pytest.approx(0, abs=1e-12)
    assert METRICS[PA](table).value == pytest.approx(0.976, abs=5e-4)
    assert METRICS[AC1](table).value == pytest.approx(0.976, abs=5e-4)


def test_a_near_miss_costs_ordinal_alpha_less_than_a_far_one() -> None:
    agreed = [[2, 0, 0], [0, 2, 0], [0, 0, 2]] * 5
    near, far = (
        PatternTable.from_counts([*agreed, row], ["low", "mid", "high"])
        for row in ([1, 1, 0], [1, 0, 1])
    )
    ordinal, nominal = METRICS[ORDINAL], METRICS[NOMINAL]
    near_alpha, far_alpha = ordinal(near).value, ordinal(far).value
    assert near_alpha is not None
    assert far_alpha is not None
    assert near_alpha > far_alpha
    assert nominal(near).value == pytest.approx(nominal(far).value, abs=0.01)


def test_an_estimate_turns_into_plain_values() -> None:
    found = METRICS[PA](PatternTable.from_counts([[2, 0], [1, 1], [0, 2]], AB))
    content = found.to_json()
    assert json.loads(json.dumps(content)) == content
    assert content["name"] == PA
    assert content["n_pairable"] == 3
    assert content["value"] == pytest.approx(2 / 3)
