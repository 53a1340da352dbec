"""Every case of agreement_cases.json that speaks about a coefficient we have.

The file states its tolerances: 1e-6 for values, 2e-6 for standard errors.
"""

from collections import Counter
from typing import Any

import pytest

from quality.agreement import METRICS, Estimate
from quality.agreement.estimate import NO_OVERLAP, NO_VARIATION, NOBODY
from quality.agreement.intervals import exact, fisher_z
from tests.quality.agreement.cases import CASES, CONTENT, Case

VALUE, ERROR = 1e-6, 2e-6

# (our name, the file's name, the field with the error we print, for any weights?)
MATCHES = {
    "percent_agreement": ("percent-agreement/1", "se_ratio", False),
    "ac": ("gwet-ac1/1", "se_ratio", False),
    "krippendorff": ("krippendorff-alpha-nominal/1", "se_exact", False),
    "krippendorff_nominal": ("krippendorff-alpha-nominal/1", "se", True),
    "krippendorff_ordinal": ("krippendorff-alpha-ordinal/1", "se", True),
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


def why_not(case: Case, key: str) -> str:
    """Why an expected value of the file is not ours to meet; "" when it is."""
    if key not in MATCHES:
        return "coefficient not implemented"
    any_weights = MATCHES[key][2]
    if case.weights != "identity" and not any_weights:
        return "weighted form not implemented"
    return ""


# Pinned, so that no case drops out of the comparison unseen.
COUNTED = {
    "percent-agreement/1": 33,
    "gwet-ac1/1": 33,
    "krippendorff-alpha-nominal/1": 66,
    "krippendorff-alpha-ordinal/1": 29,
    "coefficient not implemented": 171,
    "weighted form not implemented": 12,
}

PAIRS = [(case, key) for case in CASES for key in case.expected]
OURS = [pair for pair in PAIRS if not why_not(*pair)]


def estimate(case: Case, key: str) -> Estimate:
    return METRICS[MATCHES[key][0]](case.table)


def test_every_expected_value_is_met_or_counted_as_not_applicable() -> None:
    told = Counter(why_not(case, key) or MATCHES[key][0] for case, key in PAIRS)
    assert dict(told) == COUNTED


@pytest.mark.parametrize(
    ("case", "key"), OURS, ids=[f"{case.name}-{key}" for case, key in OURS]
)
def test_the_case_gives_its_value_and_standard_error(case: Case, key: str) -> None:
    expected, found = case.expected[key], estimate(case, key)
    if expected["value"] is None:
        assert found.value is None
        assert found.undefined == REASONS[expected["status"]]
        return
    assert found.value == pytest.approx(expected["value"], abs=VALUE, rel=0)
    error = expected[MATCHES[key][1]]
    assert found.standard_error == pytest.approx(error, abs=ERROR, rel=0)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_case_gives_its_counts(case: Case) -> None:
    table, counts = case.table, case.counts
    assert table.n_items == counts["n_items_rated"]
    assert table.n_pairable == counts["n_pairable"]
    assert table.n_ratings == counts["n_ratings"]
    assert table.n_categories == counts["q"]


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
        assert bottom <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("entry", CONTENT["intervals"], ids=lambda entry: entry["name"])
def test_the_interval_case_gives_its_bounds(entry: dict[str, Any]) -> None:
    assert INTERVALS[entry["kind"]](entry) == pytest.approx(entry["expected"], abs=1e-9)
