import numpy as np
import pytest

from quality.agreement.estimate import NO_OVERLAP, NO_VALUE_VARIATION, NOBODY, ONE_ITEM
from quality.agreement.inference import Inference
from quality.agreement.item_sums import ItemSums, alpha_of_sums
from quality.agreement.value_rows import ValueRows, ordinal_alpha_of_values


def sliders(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three people move a slider from 0 to 100; a fifth of the ratings is missing."""
    rng = np.random.default_rng(seed)
    items = np.repeat(np.arange(n), 3)
    values = np.clip(rng.normal(60, 20, n)[items] + rng.normal(0, 9, 3 * n), 0, 100)
    kept = rng.random(3 * n) < 0.8
    return items[kept], values[kept].round(1)


def sums(items: np.ndarray, values: np.ndarray) -> ItemSums:
    return ItemSums.from_ratings(items, values, low=0, high=100)


def test_splitting_and_adding_up_changes_nothing() -> None:
    items, values = sliders(300, seed=1)
    part = items % 2 == 0
    halves = [(items[p], values[p]) for p in (part, ~part)]
    merged, whole = sums(*halves[0]) + sums(*halves[1]), sums(items, values)
    assert merged.moments == pytest.approx(whole.moments)
    assert alpha_of_sums(merged).value == pytest.approx(alpha_of_sums(whole).value)
    rows, all_rows = (
        ValueRows.from_ratings(*halves[0]) + ValueRows.from_ratings(*halves[1]),
        ValueRows.from_ratings(items, values),
    )
    assert np.array_equal(rows.rows, all_rows.rows)
    assert ordinal_alpha_of_values(rows) == ordinal_alpha_of_values(all_rows)
    empty = ValueRows.from_ratings([], [])
    assert np.array_equal((empty + all_rows).rows, all_rows.rows)


def test_order_and_names_of_items_change_nothing() -> None:
    items, values = sliders(100, seed=2)
    order = np.random.default_rng(3).permutation(len(items))
    names = np.array([f"item {100 - i}" for i in items])
    found = alpha_of_sums(sums(names[order], values[order]))
    assert found.value == pytest.approx(alpha_of_sums(sums(items, values)).value)
    ranked = ordinal_alpha_of_values(
        ValueRows.from_ratings(names[order], values[order])
    )
    expected = ordinal_alpha_of_values(ValueRows.from_ratings(items, values))
    assert ranked.value == pytest.approx(expected.value, abs=1e-12)
    assert ranked.standard_error == pytest.approx(expected.standard_error, abs=1e-12)


def test_a_monotone_stretch_moves_interval_alpha_and_leaves_ordinal_alone() -> None:
    items, values = sliders(200, seed=4)
    bent = values**2 / 100
    plain, curved = alpha_of_sums(sums(items, values)), alpha_of_sums(sums(items, bent))
    assert abs(plain.value - curved.value) > 1e-3
    one, other = (
        ordinal_alpha_of_values(ValueRows.from_ratings(items, v))
        for v in (values, bent)
    )
    assert one.value == pytest.approx(other.value, abs=1e-12)


def test_the_declared_scale_changes_no_value_and_no_error() -> None:
    items, values = sliders(200, seed=5)
    wide = ItemSums.from_ratings(items, values, low=-900, high=1000)
    one, other = alpha_of_sums(wide), alpha_of_sums(sums(items, values))
    assert one.value == pytest.approx(other.value, abs=1e-9)
    assert one.standard_error == pytest.approx(other.standard_error, rel=1e-6)


def test_full_agreement_has_no_error_and_the_exact_bound() -> None:
    items = np.repeat(np.arange(40), 2)
    values = np.repeat(np.linspace(0.1, 99.7, 40), 2)
    for found in (
        alpha_of_sums(sums(items, values)),
        ordinal_alpha_of_values(ValueRows.from_ratings(items, values)),
    ):
        assert (found.value, found.standard_error, found.high) == (1.0, 0.0, 1.0)
        assert found.interval_method == "exact"
        assert found.low < 1


def test_the_error_is_the_spread_of_repeated_studies() -> None:
    studies = [sliders(150, seed) for seed in range(300)]
    for measured in (
        [alpha_of_sums(sums(*study)) for study in studies],
        [ordinal_alpha_of_values(ValueRows.from_ratings(*study)) for study in studies],
    ):
        spread = np.std([e.value for e in measured])
        mean = np.mean([e.standard_error for e in measured])
        assert mean == pytest.approx(spread, rel=0.15)


@pytest.mark.parametrize(
    ("items", "values", "reason"),
    [
        ([], [], NOBODY),
        ([1, 2], [5, 6], NO_OVERLAP),
        ([1, 1, 2, 2, 3], [5, 5, 5, 5, 9], NO_VALUE_VARIATION),
        ([1, 1, 2], [5, 6, 7], ONE_ITEM),
    ],
)
def test_what_cannot_be_told_has_a_reason(
    items: list[int], values: list[float], reason: str
) -> None:
    for found in (
        alpha_of_sums(sums(np.array(items), np.array(values))),
        ordinal_alpha_of_values(ValueRows.from_ratings(items, values)),
    ):
        assert (found.value, found.undefined) == (None, reason)


def test_the_irrcac_form_is_a_little_wider() -> None:
    items, values = sliders(60, seed=6)
    for how in (Inference(), Inference(error="irrcac")):
        found = alpha_of_sums(sums(items, values), how=how)
        assert found.error_form == how.error
    ours = alpha_of_sums(sums(items, values)).standard_error
    assert found.standard_error == pytest.approx(ours, rel=0.02)
    assert found.standard_error > ours


@pytest.mark.parametrize(
    ("items", "values", "message"),
    [
        ([1, 2], [5.0], "equal length"),
        ([1], [101.0], "outside 0 to 100"),
        ([1], [float("nan")], "outside|not finite"),
    ],
)
def test_columns_that_are_no_sliders_are_refused(
    items: list[int], values: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sums(np.array(items), np.array(values))
    if values != [101.0]:
        with pytest.raises(ValueError, match=message):
            ValueRows.from_ratings(items, values)


def test_sums_over_other_scales_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        sums(*sliders(5, 1)) + ItemSums.from_ratings([1], [1], low=0, high=5)
    with pytest.raises(ValueError, match="no length"):
        ItemSums.from_ratings([1], [1], low=5, high=5)
