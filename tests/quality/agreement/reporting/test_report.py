import numpy as np
import pytest

from quality.agreement import PatternTable, measure
from quality.agreement.numbers import Numbers
from quality.agreement.reporting import (
    LEAST_PAIRABLE,
    Part,
    as_latex,
    as_text,
    methods,
    report_of,
)
from quality.agreement.shares import share_of_ratings
from quality.agreement.specific import specific_agreement
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part


def test_a_line_shows_the_estimates_of_its_table() -> None:
    (line,) = ordinary().lines
    table = part(ROWS).counted
    assert line.estimates == measure(table, "ordinal")
    assert (line.items, line.pairable, line.ratings, line.raters) == (32, 30, 62, 3)
    assert line.ratings_per_item == {1: 2, 2: 30}
    assert line.rounds == "1-2"
    assert line.table == table


def test_a_line_tells_of_each_category() -> None:
    (line,) = ordinary().lines
    table = part(ROWS).counted
    assert [label.ratings for label in line.labels] == [46, 8, 8]
    assert line.labels[1].share == share_of_ratings(table, ["minor"])
    assert line.labels[2].agreement == specific_agreement(table)["major"]


def test_a_slice_just_below_the_least_number_keeps_its_counts_alone() -> None:
    few, enough = ROWS[: LEAST_PAIRABLE - 1], ROWS[:LEAST_PAIRABLE]
    withheld, shown = report_of([part(few, s="a"), part(enough, s="b")]).lines
    assert withheld.withheld.startswith("Withheld: 9 items have two ratings or more")
    assert (withheld.items, withheld.ratings) == (9, 18)
    assert withheld.estimates == withheld.labels == withheld.flags == ()
    assert withheld.table is None
    assert shown.withheld == ""
    assert shown.estimates


def test_the_least_number_can_be_chosen() -> None:
    (line,) = report_of([part(ROWS[:2])], least=2).lines
    assert line.estimates
    assert {flag.code for flag in line.flags} >= {"few-items"}
    (line,) = report_of([part(ROWS)], least=31).lines
    assert line.withheld


def test_no_overlap_is_a_reason_where_nothing_is_withheld() -> None:
    (line,) = report_of([part([[1, 0, 0]] * 3)], least=0).lines
    assert {e.undefined for e in line.estimates} == {"no item with two ratings"}


def test_further_coefficients_come_once_and_last() -> None:
    report = report_of([part(ROWS)], also=["fleiss-kappa/1", "gwet-ac1/1"])
    assert report.names == (
        "percent-agreement/1",
        "gwet-ac1/1",
        "krippendorff-alpha-ordinal/1",
        "fleiss-kappa/1",
    )
    with pytest.raises(ValueError, match="no coefficient 'kappa'"):
        report_of([part(ROWS)], also=["kappa"])


def test_numbers_have_their_alpha_and_no_categories() -> None:
    values = np.repeat(np.linspace(0, 1, 40), 2) + np.tile([0, 0.1], 40)
    numbers = Numbers.from_ratings(np.repeat(np.arange(40), 2), values, "interval")
    (line,) = report_of([Part(slice={}, counted=numbers, scale="interval")]).lines
    assert line.estimates == numbers.measure()
    assert (line.items, line.pairable, line.ratings) == (40, 40, 80)
    assert line.labels == ()
    assert line.flags == ()
    few = Numbers.from_ratings([0, 0, 1, 1], [1, 2, 3, 4], "interval")
    (line,) = report_of([Part(slice={}, counted=few, scale="interval")], least=2).lines
    assert [flag.code for flag in line.flags] == ["few-items"]


def test_scales_may_differ_from_slice_to_slice() -> None:
    numbers = Numbers.from_ratings(np.repeat(np.arange(20), 2), range(40), "ratio")
    report = report_of(
        [
            part(ROWS, criterion="severity"),
            Part(slice={"criterion": "length"}, counted=numbers, scale="ratio"),
        ]
    )
    assert report.names[-1] == "krippendorff-alpha-ratio/1"
    length = as_text(report).splitlines()[3].split("  ")
    assert length[0] == "length"
    assert "?" in " ".join(length), "nobody knows its raters"
    (row,) = [r for r in as_latex(report).splitlines() if "length &" in r]
    assert row.count(" & -- & -- & -- & ") == 1
    told = methods(report)
    assert "an ordinal scale with 3 declared categories" in told
    assert "The ratings are on a ratio scale." in told


def test_an_empty_slice_has_no_ratings_per_item() -> None:
    (line,) = report_of([part([])]).lines
    assert line.rounds == "0"
    assert line.withheld.startswith("Withheld: 0 items")


def test_numbers_of_another_scale_are_refused() -> None:
    numbers = Numbers.from_ratings([0, 0], [1, 2], "ratio")
    with pytest.raises(ValueError, match="ratio numbers are on no interval scale"):
        report_of([Part(slice={}, counted=numbers, scale="interval")])


def test_slices_by_different_dimensions_make_no_report() -> None:
    with pytest.raises(ValueError, match="by language and by system"):
        report_of([part(ROWS, language="fr"), part(ROWS, system="x")])


def test_dimensions_and_names_are_those_of_all_lines() -> None:
    report = awkward()
    assert report.dimensions == ("language", "system")
    assert len(report.names) == 3
    assert report_of([]).dimensions == ()


def test_a_table_says_the_same_after_a_merge() -> None:
    halves = [PatternTable.from_counts(ROWS[k::2], ("a", "b", "c")) for k in (0, 1)]
    whole = PatternTable.from_counts(ROWS, ("a", "b", "c"))
    one, other = (
        report_of([Part(slice={}, counted=table, scale="nominal")])
        for table in (whole, halves[0] + halves[1])
    )
    assert one == other
