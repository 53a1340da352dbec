"""What must hold for any table whatever, and a second opinion on alpha."""

from typing import Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quality.agreement import METRICS, SCALES, Estimate, PatternTable
from tests.quality.agreement.cases import CASES, Case

NOMINAL = (*SCALES["nominal"], "fleiss-kappa/1", "brennan-prediger/1")
LEVELS: dict[str, Literal["nominal", "ordinal"]] = {
    "krippendorff-alpha-nominal/1": "nominal",
    "krippendorff-alpha-ordinal/1": "ordinal",
}


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> PatternTable:
    """2 to 5 categories, up to 4 ratings per label, ratings missing, any skew."""
    q = draw(st.integers(2, 5))
    row = st.lists(st.integers(0, 4), min_size=q, max_size=q)
    rows = draw(st.lists(row, min_size=least, max_size=25))
    return PatternTable.from_counts(rows, [f"c{k}" for k in range(q)])


def numbers(estimate: Estimate) -> tuple[float | None, ...]:
    return (
        estimate.value,
        estimate.standard_error,
        estimate.low,
        estimate.high,
        estimate.observed,
        estimate.expected,
    )


def assert_alike(one: Estimate, other: Estimate) -> None:
    assert one.undefined == other.undefined
    assert one.interval_method == other.interval_method
    for a, b in zip(numbers(one), numbers(other), strict=True):
        assert (a is None) == (b is None)
        assert a is None or a == pytest.approx(b, abs=1e-9, rel=1e-9)


@given(tables())
@settings(max_examples=60)
def test_an_estimate_is_a_number_in_its_interval_or_a_reason(
    table: PatternTable,
) -> None:
    for name, metric in METRICS.items():
        found = metric(table)
        assert found.name == name
        assert (found.value is None) == bool(found.undefined)
        assert (found.low is None) == (found.high is None) == bool(found.no_interval)
        assert all(n is None or np.isfinite(n) for n in numbers(found))
        if found.low is not None:
            assert found.value is not None
            assert found.high is not None
            bottom = 0 if name.startswith("percent") else -1
            # Only a value down there itself takes an interval below -1.
            assert bottom <= found.low or found.value <= -1
            assert found.low <= found.value + 1e-12
            assert found.value - 1e-12 <= found.high <= 1


@given(tables(), st.randoms(use_true_random=False))
def test_renaming_and_reordering_nominal_labels_changes_nothing(
    table: PatternTable, random: object
) -> None:
    order = list(range(table.n_categories))
    random.shuffle(order)  # type: ignore[attr-defined]
    renamed = PatternTable(
        tuple(f"new{k}" for k in order),
        table.patterns[:, order],
        table.multiplicities,
    )
    for name in NOMINAL:
        assert_alike(METRICS[name](renamed), METRICS[name](table))


@given(tables())
def test_reversing_an_ordered_scale_changes_nothing(table: PatternTable) -> None:
    ordinal = METRICS["krippendorff-alpha-ordinal/1"]
    mirrored = PatternTable(
        table.categories, table.patterns[:, ::-1], table.multiplicities
    )
    assert_alike(ordinal(mirrored), ordinal(table))


@given(tables(), st.data())
def test_permuting_items_and_splitting_and_merging_changes_nothing(
    table: PatternTable, data: st.DataObject
) -> None:
    rows = np.repeat(table.patterns, table.multiplicities, axis=0)
    shuffled = rows[data.draw(st.permutations(range(len(rows))))] if len(rows) else rows
    cut = data.draw(st.integers(0, len(rows)))
    merged = PatternTable.from_counts(
        shuffled[:cut], table.categories
    ) + PatternTable.from_counts(shuffled[cut:], table.categories)
    assert merged == table
    assert merged.digest() == table.digest()


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(2, 5)), min_size=2, max_size=30)
)
def test_full_agreement_over_two_labels_is_one(items: list[tuple[int, int]]) -> None:
    assume(len({label for label, _ in items}) > 1)
    rows = [[n * (k == label) for k in range(4)] for label, n in items]
    table = PatternTable.from_counts(rows, ["a", "b", "c", "d"])
    for metric in METRICS.values():
        found = metric(table)
        assert found.value == pytest.approx(1, abs=1e-12)
        assert found.standard_error == 0
        assert found.high == 1
        assert found.low is not None
        assert found.low < 1


@given(tables(least=2), st.integers(2, 4))
def test_duplicating_every_item_moves_alpha_by_its_small_sample_term_only(
    table: PatternTable, times: int
) -> None:
    many = PatternTable(table.categories, table.patterns, table.multiplicities * times)
    for name in ("percent-agreement/1", "gwet-ac1/1"):
        once, often = METRICS[name](table), METRICS[name](many)
        if once.value is not None:
            assert often.value == pytest.approx(once.value, abs=1e-12)
    n = table.pairable.n_ratings
    for name in LEVELS:
        once, often = METRICS[name](table), METRICS[name](many)
        if once.value is not None and often.value is not None:
            grown = 1 - (1 - once.value) * (n - 1 / times) / (n - 1)
            assert often.value == pytest.approx(grown, abs=1e-9)


@given(tables(least=2))
@settings(max_examples=300)
def test_alpha_is_what_the_krippendorff_package_says(table: PatternTable) -> None:
    rows = np.repeat(table.patterns, table.multiplicities, axis=0)
    for name, level in LEVELS.items():
        found = METRICS[name](table)
        if found.value is None:
            continue
        theirs = krippendorff.alpha(value_counts=rows, level_of_measurement=level)
        assert found.value == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_alpha_of_a_published_case_is_what_the_package_says(case: Case) -> None:
    for name, level in LEVELS.items():
        found = METRICS[name](case.table)
        if found.value is not None:
            theirs = krippendorff.alpha(
                value_counts=case.count_rows, level_of_measurement=level
            )
            assert found.value == pytest.approx(theirs, abs=1e-9)


@given(tables(least=3))
@settings(max_examples=60)
def test_the_ratio_form_is_the_infinitesimal_jackknife(
    table: PatternTable,
) -> None:
    """The slope of the value in each pattern's weight, found by differences."""
    for name in ("percent-agreement/1", "gwet-ac1/1"):
        metric = METRICS[name]
        base = metric(table)
        if not base.standard_error:
            continue
        scaled = _reweighted(table, 0, 0)
        n, spread = scaled.n_items, 0.0
        for p, times in enumerate(scaled.multiplicities):
            up, down = (metric(_reweighted(table, p, step)).value for step in (1, -1))
            assert up is not None
            assert down is not None
            slope = (up - down) / 2 * n
            spread += slope**2 * float(times) / n
        error = np.sqrt(spread / (table.n_items - 1))
        assert base.standard_error == pytest.approx(error, rel=1e-3, abs=1e-7)


def _reweighted(table: PatternTable, p: int, step: int) -> PatternTable:
    """Every item ten thousand times, and pattern `p` `step` times more."""
    times = table.multiplicities * 10_000
    times[p] += step
    return PatternTable(table.categories, table.patterns, times)
