"""Every number of agreement_cases.json: values, both standard errors, intervals.

The file states its tolerances: 1e-6 for values, 2e-6 for standard errors.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from quality.agreement import METRICS, Estimate
from quality.agreement.coefficients.brennan import brennan
from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.coefficients.fleiss import fleiss
from quality.agreement.coefficients.gwet import ac
from quality.agreement.coefficients.krippendorff import (
    gwet_weighted_alpha,
    krippendorff,
)
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.coefficients.percent import percent
from quality.agreement.estimate import NO_OVERLAP, NO_VARIATION, NOBODY
from quality.agreement.generalising import over_raters
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.intervals import exact, fisher_z
from tests.quality.agreement.cases import CASES, CONTENT, Case

VALUE, ERROR = 1e-6, 2e-6
AS_OTHERS = Inference(error="irrcac", interval="wald")

WEIGHTED: dict[str, Callable[..., Coefficient]] = {
    "percent_agreement": percent,
    "ac": ac,
    "fleiss": fleiss,
    "brennan_prediger": brennan,
    "krippendorff": gwet_weighted_alpha,
}

# What a rater-free table can tell: one rater is no overlap.
REASONS = {
    "no_ratings": NOBODY,
    "no_pairable_items": NO_OVERLAP,
    "single_rater": NO_OVERLAP,
    "no_variation (pe=1)": NO_VARIATION,
}
INTERVALS = {
    "fisher_z_t": lambda e: fisher_z(e["value"], e["se"], e["df"], e["level"]),
    "all_unanimous_exact": lambda e: exact(1.0, e["pe"], e["n_pairable"], e["level"]),
}
PAIRS = [(case, key) for case in CASES for key in case.expected]
JACKKNIFED = [
    (case, key) for case, key in PAIRS if "se_raters_jackknife" in case.expected[key]
]

# Pinned, so that no number drops out of the comparison unseen.
COUNTED = {
    "value": 322,
    "status": 22,
    "se": 322,
    "se_ratio": 166,
    "se_exact": 33,
    "ci": 210,
    "se_raters_jackknife": 12,
}


def coefficient(case: Case, key: str) -> Coefficient:
    if key in WEIGHTED:
        return WEIGHTED[key](case.weighting)
    return krippendorff(key.removeprefix("krippendorff_"), case.values)


def estimate(case: Case, key: str, how: Inference = SHOWN) -> Estimate:
    if key == "conger":
        return conger_kappa(case.with_raters, case.weighting, how=how)
    if key == "cohen":
        pair = case.with_raters.pair(*case.raters)
        return cohen_kappa(pair, case.weighting, how=how)
    return coefficient(case, key)(case.table, how=how)


def shown_error(key: str, expected: dict[str, Any]) -> float | None:
    """The field with the error that we show; Cohen's has none in the file."""
    if key.startswith("krippendorff_"):
        return expected["se"]
    return expected.get("se_exact", expected.get("se_ratio"))


def test_the_file_holds_as_many_numbers_as_are_compared() -> None:
    told: Counter[str] = Counter()
    for case, key in PAIRS:
        expected = case.expected[key]
        told.update(f for f in COUNTED if expected.get(f) is not None)
    assert dict(told) == COUNTED


@pytest.mark.parametrize(
    ("case", "key"), PAIRS, ids=[f"{case.name}-{key}" for case, key in PAIRS]
)
def test_the_case_gives_its_value_errors_and_interval(case: Case, key: str) -> None:
    expected, found = case.expected[key], estimate(case, key)
    if expected["value"] is None:
        assert found.value is None
        assert found.undefined == REASONS[expected["status"]]
        return
    assert found.value == pytest.approx(expected["value"], abs=VALUE, rel=0)
    error = shown_error(key, expected)
    if error is not None:
        assert found.standard_error == pytest.approx(error, abs=ERROR, rel=0)
    if "ci" in expected:
        theirs = estimate(case, key, AS_OTHERS)
        assert theirs.standard_error == pytest.approx(expected["se"], abs=ERROR, rel=0)
        bounds = (theirs.low, theirs.high)
        assert bounds == pytest.approx(expected["ci"], abs=5 * ERROR, rel=0)


@pytest.mark.parametrize(
    ("case", "key"), JACKKNIFED, ids=[f"{case.name}-{key}" for case, key in JACKKNIFED]
)
def test_random_raters_add_the_jackknife_of_the_case(case: Case, key: str) -> None:
    fixed = estimate(case, key)
    found = over_raters(case.crossed, coefficient(case, key))
    assert found.value == fixed.value
    assert found.raters == "random"
    assert found.standard_error is not None
    assert fixed.standard_error is not None
    added = found.standard_error**2 - fixed.standard_error**2
    expected = case.expected[key]["se_raters_jackknife"]
    assert added**0.5 == pytest.approx(expected, abs=ERROR, rel=0)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_case_gives_its_counts(case: Case) -> None:
    counts = case.counts
    for counted in (case.table, case.with_raters):
        assert counted.n_items == counts["n_items_rated"]
        assert counted.n_pairable == counts["n_pairable"]
        assert counted.n_ratings == counts["n_ratings"]
    assert case.table.n_categories == counts["q"]
    assert case.crossed.patterns == case.table


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_value_lies_inside_its_interval_and_the_interval_on_the_scale(
    case: Case,
) -> None:
    for name, metric in METRICS.items():
        found = metric(case.table)
        if found.value is None:
            assert (found.low, found.high, found.no_interval) == (
                None,
                None,
                found.undefined,
            )
            continue
        assert found.low is not None
        assert found.high is not None
        bottom = 0 if name.startswith("percent") else -1
        assert bottom <= found.low or found.value <= -1
        assert found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("entry", CONTENT["intervals"], ids=lambda entry: entry["name"])
def test_the_interval_case_gives_its_bounds(entry: dict[str, Any]) -> None:
    assert INTERVALS[entry["kind"]](entry) == pytest.approx(entry["expected"], abs=1e-9)
