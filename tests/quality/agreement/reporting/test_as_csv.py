import csv
from io import StringIO

import pytest

from quality.agreement.reporting import as_csv, report_of
from quality.agreement.reporting.as_csv import guarded
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_every_number_has_a_row_in_full_precision() -> None:
    report = ordinary()
    (line,) = report.lines
    found = rows(as_csv(report))
    assert len(found) == 3 + 2 * 3
    for row, estimate in zip(found, line.estimates, strict=False):
        assert row["name"] == estimate.name
        assert float(row["value"]) == estimate.value
        assert float(row["low"]) == estimate.low
        assert float(row["standard_error"]) == estimate.standard_error
    agreement = [row for row in found if row["name"] == "specific-agreement/1"]
    assert [row["category"] for row in agreement] == ["none", "minor", "major"]
    assert float(agreement[2]["value"]) == 1.0


def test_names_of_slices_come_back_as_they_were() -> None:
    systems = {row["system"] for row in rows(as_csv(awkward()))}
    assert systems == {"50 % & more_{x}", "[A], “b”\nc", "*-- \\end ~^#$"}


def test_a_withheld_slice_has_its_reason_alone() -> None:
    (row,) = [row for row in rows(as_csv(awkward())) if row["language"] == "fr"]
    assert row["value"] == row["name"] == ""
    assert row["items"] == "4"
    assert row["reason"].startswith("Withheld")


def test_an_undefined_value_is_empty_with_its_reason() -> None:
    (row,) = [
        row
        for row in rows(as_csv(awkward()))
        if row["language"] == "de" and "alpha" in row["name"]
    ]
    assert row["value"] == ""
    assert row["reason"] == "no variation: only one category was used"


def test_a_dimension_named_like_a_column_is_told_apart() -> None:
    found = rows(as_csv(report_of([part(ROWS, category="x")])))
    assert {row["by category"] for row in found} == {"x"}
    assert found[-1]["category"] == "major"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-1+2", "'-1+2"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("-1", "-1"),
        ("+0.5", "+0.5"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_formulas_become_text_and_numbers_stay(text: str, cell: str) -> None:
    assert guarded(text) == cell


def test_names_of_slices_are_guarded_and_their_values() -> None:
    found = rows(as_csv(report_of([part(ROWS, **{"=by": "@model"})])))
    assert {row["'=by"] for row in found} == {"'@model"}
