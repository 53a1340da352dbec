"""A model beside people: the numbers of two raters where there are two, and by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from quality.agreement import (
    MachineTable,
    PairTable,
    Weighting,
    cohen_kappa,
    machine_agreement,
    machine_leaning,
    measure,
)
from quality.agreement.coefficients.gwet import gwet_ac1
from quality.agreement.machine import MACHINE_KAPPA, RECOVERED

CATS = ("a", "b", "c")


def crowd(
    seed: int, n: int = 120, people: int = 3, skill: float = 0.8
) -> tuple[np.ndarray, np.ndarray]:
    """The model's labels (n,) and people's (n, people); 60 % of the truth is a."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(3, n, p=[0.6, 0.3, 0.1])
    knows = rng.random((n, people + 1)) < skill
    said = np.where(knows, truth[:, None], rng.integers(0, 3, (n, people + 1)))
    return said[:, 0], said[:, 1:]


def counts(said: np.ndarray) -> np.ndarray:
    return np.stack([(said == k).sum(axis=1) for k in range(3)], axis=1)


def table_of(seed: int, **fields: float) -> MachineTable:
    model, people = crowd(seed, **fields)  # type: ignore[arg-type]
    return MachineTable.from_items(model, counts(people), CATS)


def test_with_one_person_they_are_the_numbers_of_two_raters() -> None:
    model, people = crowd(1, people=1)
    table = MachineTable.from_items(model, counts(people), CATS)
    pair = PairTable.from_labels(model, people[:, 0], CATS)
    percent = measure(pair.patterns, "nominal")[0]
    plain = (percent, gwet_ac1(pair.patterns), cohen_kappa(pair))
    weighted = cohen_kappa(pair, Weighting("quadratic"))
    found = machine_agreement(table, "nominal")
    ordered = machine_agreement(table, "ordinal")[2]
    for mine, theirs in zip((*found, ordered), (*plain, weighted), strict=True):
        one = mine.machine
        assert one.value == pytest.approx(theirs.value, abs=1e-12)
        assert one.standard_error == pytest.approx(theirs.standard_error, abs=1e-12)
        assert (one.low, one.high) == pytest.approx((theirs.low, theirs.high))
        assert mine.people.undefined == mine.difference.undefined != ""


def test_agreement_is_the_mean_over_an_items_people() -> None:
    model, people = crowd(2)
    found = machine_agreement(table_of(2), "nominal")
    same = (people == model[:, None]).mean(axis=1)
    assert found[0].machine.value == pytest.approx(same.mean())
    assert found[0].machine.standard_error == pytest.approx(
        same.std(ddof=1) / np.sqrt(len(same))
    )
    # Cohen's chance from the model's habits and people's.
    own = np.bincount(model, minlength=3) / len(model)
    chance = own @ np.bincount(people.ravel(), minlength=3) / people.size
    kappa = (same.mean() - chance) / (1 - chance)
    assert found[2].machine.value == pytest.approx(kappa)


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("scale", ["nominal", "ordinal"])
def test_the_errors_are_those_of_the_jackknife(scale: str, which: int) -> None:
    """Leaving one item out at a time, items with one to three people."""
    model, people = crowd(3, n=400)
    rows = counts(people)
    rows[::3] = counts(people[::3, :1])

    def said(keep: np.ndarray) -> tuple[float, float]:
        table = MachineTable.from_items(model[keep], rows[keep], CATS)
        found = machine_agreement(table, scale)[which]
        assert found.machine.value is not None
        assert found.difference.value is not None
        return found.machine.value, found.difference.value

    n = len(model)
    every = np.arange(n)
    left_out = np.array([said(np.delete(every, i)) for i in range(0, n, 4)])
    spread = ((left_out - left_out.mean(axis=0)) ** 2).mean(axis=0)
    jackknife = np.sqrt((n - 1) * spread)
    table = MachineTable.from_items(model, rows, CATS)
    found = machine_agreement(table, scale)[which]
    errors = [found.machine.standard_error, found.difference.standard_error]
    # A quarter of the items is left out, so the two differ by what that quarter is.
    assert errors == pytest.approx(jackknife, rel=0.15)


def test_a_model_that_is_one_of_the_people_differs_from_them_by_chance_alone() -> None:
    model, people = crowd(4, n=2_000)
    rows = counts(people)
    gaps = [
        machine_agreement(MachineTable.from_items(model, rows, CATS), scale)
        for scale in ("nominal", "ordinal")
    ]
    for found in (beside for each in gaps for beside in each):
        gap = found.difference
        assert gap.low is not None
        assert gap.high is not None
        assert gap.low < 0 < gap.high
        assert gap.interval_method == RECOVERED


def test_the_interval_of_the_difference_holds_as_often_as_it_says() -> None:
    """Model and people are alike, so the true difference is 0."""
    held = 0
    for seed in range(300):
        gap = machine_agreement(table_of(seed, n=60), "nominal")[1].difference
        assert gap.low is not None
        assert gap.high is not None
        held += gap.low <= 0 <= gap.high
    assert 275 <= held <= 298


def test_the_interval_of_a_difference_bears_unanimous_people() -> None:
    rows = [[3, 0, 0]] * 30
    table = MachineTable.from_items([0] * 30, rows, CATS)
    gap = machine_agreement(table, "nominal")[0].difference
    assert (gap.value, gap.standard_error) == (0.0, 0.0)
    assert gap.low is not None
    assert gap.high is not None
    assert gap.low < 0 < gap.high


def test_renaming_labels_and_splitting_the_items_change_nothing() -> None:
    model, people = crowd(5)
    order = np.array([2, 0, 1])
    renamed = MachineTable.from_items(order[model], counts(order[people]), CATS)
    plain = table_of(5)
    for one, other in zip(
        machine_agreement(plain, "nominal"),
        machine_agreement(renamed, "nominal"),
        strict=True,
    ):
        assert one.machine.value == pytest.approx(other.machine.value)
        assert one.difference.low == pytest.approx(other.difference.low)
    backwards = MachineTable.from_items(model[::-1], counts(people)[::-1], CATS)
    assert backwards.digest() == plain.digest()


def test_a_table_survives_json_and_leaves_out_what_nobody_rated() -> None:
    table = MachineTable.from_items([0, 1, 2], [[1, 0, 0], [0, 0, 0], [0, 1, 1]], CATS)
    assert (table.n_items, table.n_ratings, table.n_used) == (2, 3, 3)
    again = MachineTable.from_json(table.to_json())
    assert again.to_json() == table.to_json()
    with pytest.raises(ValueError, match="not a machine-table/1"):
        MachineTable.from_json({"format": "other"})


@pytest.mark.parametrize(
    ("labels", "rows"),
    [([3], [[1, 0, 0]]), ([0], [[1, 0]]), ([0, 1], [[1, 0, 0]])],
    ids=["label", "width", "length"],
)
def test_a_table_of_the_wrong_shape_is_refused(
    labels: list[int], rows: list[list[int]]
) -> None:
    with pytest.raises(ValueError, match="categor|counts|lengths|reshape"):
        MachineTable.from_items(labels, rows, CATS)


def test_what_is_undefined_says_why() -> None:
    empty = MachineTable.from_items([], np.zeros((0, 3)), CATS)
    for beside in machine_agreement(empty, "nominal"):
        assert "both the model and people" in beside.machine.undefined
        assert beside.difference.undefined
    one_label = MachineTable.from_items([0, 0], [[2, 0, 0], [3, 0, 0]], CATS)
    *_, kappa = machine_agreement(one_label, "nominal")
    assert kappa.machine.name == MACHINE_KAPPA
    assert "no variation" in kappa.machine.undefined
    single = MachineTable.from_items([0], [[2]], ("a",))
    assert machine_agreement(single, "nominal")[0].machine.undefined
    lone = MachineTable.from_items([0], [[2, 0, 0]], CATS)
    assert machine_agreement(lone, "nominal")[0].machine.no_interval
    assert machine_agreement(lone, "nominal")[0].difference.no_interval


def test_bias_and_strictness_by_hand() -> None:
    model, people = crowd(6)
    points = np.array([1.0, 2.0, 4.0])
    found = machine_leaning(table_of(6), (1.0, 2.0, 4.0))
    gaps = points[model] - points[people].mean(axis=1)
    assert found.bias.value == pytest.approx(gaps.mean())
    assert found.bias.standard_error == pytest.approx(
        gaps.std(ddof=1) / np.sqrt(len(gaps))
    )
    assert found.stricter.value == pytest.approx((people > model[:, None]).mean())
    assert found.milder.value == pytest.approx((people < model[:, None]).mean())
    same = (people == model[:, None]).mean()
    assert found.stricter.value + found.milder.value + same == pytest.approx(1)


def test_a_bias_without_spread_or_items_has_a_reason() -> None:
    alike = MachineTable.from_items([0, 0], [[0, 2, 0], [0, 1, 0]], CATS)
    found = machine_leaning(alike, (1.0, 2.0, 3.0)).bias
    assert (found.value, found.low, found.no_interval != "") == (-1.0, None, True)
    none = MachineTable.from_items([], np.zeros((0, 3)), CATS)
    assert machine_leaning(none, (1.0, 2.0, 3.0)).bias.undefined
    with pytest.raises(ValueError, match="as many values"):
        machine_leaning(none, (1.0, 2.0))


def test_people_are_compared_on_the_models_items_alone() -> None:
    model, people = crowd(7)
    found = machine_agreement(table_of(7), "nominal")
    pairs = [
        (people[:, i] == people[:, j]).mean() for i, j in combinations(range(3), 2)
    ]
    assert found[0].people.value == pytest.approx(np.mean(pairs))
    assert found[0].people.n_items == len(model)
