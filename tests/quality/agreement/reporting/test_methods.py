from dataclasses import replace

from quality.agreement.intervals import CAUTIOUS
from quality.agreement.reporting import Facts, methods, report_of
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part


def test_the_paragraph_names_versions_counts_and_methods() -> None:
    told = methods(
        ordinary(source="ratings.csv", raters=3, guideline="guideline version 4")
    )
    assert told.startswith(
        "Agreement was computed from 62 ratings by 3 raters (ratings.csv) under "
        "guideline version 4, of 32 items, 30 of them with two ratings or more. "
        "Each item was rated 1 to 2 times."
    )
    for words in (
        "an ordinal scale with 3 declared categories (none < minor < major)",
        "Percent agreement (percent-agreement/1)",
        "AC1 (gwet-ac1/1; Gwet 2008)",
        "(krippendorff-alpha-ordinal/1; Krippendorff 2004)",
        "95% intervals are Student's t on the logit (logit) and Student's t on "
        "Fisher's z (fisher-z)",
        "specific-agreement/1",
        "Items with one rating count towards the label shares",
    ):
        assert words in told


def test_only_what_happened_is_told() -> None:
    told = methods(report_of([part(ROWS[:-2])]))
    assert "Items with one rating" not in told
    assert "all of them with two ratings or more" in told
    assert "Nothing is reported" not in told
    assert "Computed with" not in told


def test_slices_and_what_was_withheld_or_left_out_are_told() -> None:
    told = methods(awkward())
    assert "in 3 slices by language and system, each of 4 to 32 items" in told
    assert "Nothing is reported for 1 slice with fewer than 10 items" in told
    assert told.endswith("Left out: 2 empty ratings.")
    assert told.count("on an ordinal scale") == 1


def test_categories_that_were_only_seen_are_not_called_declared() -> None:
    told = methods(report_of([part(ROWS)], Facts(declared=False, software="X 1")))
    assert "with 3 seen categories" in told
    assert told.endswith("Computed with X 1.")


def test_every_coefficient_has_its_source() -> None:
    names = ["fleiss-kappa/1", "brennan-prediger/1", "gwet-ac2-linear/1"]
    placed = replace(part(ROWS), values=(0.0, 1.0, 5.0))
    told = methods(report_of([placed], also=names))
    assert "the chance agreement of AC1, Fleiss' kappa and AC2 (linear) among" in told
    assert "(none < minor < major), at the values 0, 1 and 5." in told
    assert "fleiss-kappa/1; Fleiss 1971" in told
    assert "brennan-prediger/1; Brennan and Prediger 1981" in told
    assert "gwet-ac2-linear/1; Gwet 2014" in told


def test_a_report_of_nothing_has_no_paragraph() -> None:
    assert methods(report_of([])) == ""


def test_every_method_of_an_interval_is_told() -> None:
    report = ordinary()
    (line,) = report.lines
    for method, words in (
        (CAUTIOUS, "with made-up items where few decide (fisher-z-cautious)"),
        ("bootstrap-percentile", "are bootstrap-percentile."),
    ):
        estimates = tuple(replace(e, interval_method=method) for e in line.estimates)
        told = methods(replace(report, lines=(replace(line, estimates=estimates),)))
        assert words in told
