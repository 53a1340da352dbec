import sys

import numpy as np
import pytest

from quality.agreement.category_lists import Scale
from quality.agreement.columns import Column
from quality.agreement.reading import RatingColumns, Reading, read
from quality.agreement.reporting import Report, report_of
from quality.outside.cross_checking import NoPackage, cross_check


def rated(kind: str, values: int = 4, n: int = 40) -> tuple[Reading, Report]:
    rng = np.random.default_rng(3)
    truth = np.repeat(rng.integers(1, values + 1, n), 3)
    seen = np.clip(truth + rng.integers(-1, 2, 3 * n), 1, values)
    ratings = RatingColumns.long(
        [Column.of(np.repeat(np.arange(n), 3))],
        Column.of(np.tile(np.arange(3), n)),
        Column.of(seen),
        {"half": Column.of(np.repeat(np.arange(n) % 2, 3))},
    )
    reading = read(ratings, Scale(kind=kind))
    return reading, report_of([part.part() for part in reading.slices])


@pytest.mark.parametrize("kind", ["nominal", "ordinal", "interval", "ratio"])
def test_every_alpha_is_that_of_the_package(kind: str) -> None:
    reading, report = rated(kind)
    found = cross_check(reading.slices, report)
    assert found.compared == 2
    assert found.largest < 1e-12
    assert found.sentence.startswith("Cross-check: 2 alphas against the krippendorff")


def test_a_difference_is_found() -> None:
    reading, _ = rated("nominal")
    _, other = rated("nominal", values=5)
    assert cross_check(reading.slices, other).largest > 0.001


def test_what_is_undefined_or_withheld_is_not_compared() -> None:
    reading, report = rated("nominal", n=6)
    found = cross_check(reading.slices, report)
    assert found.compared == 0
    assert found.sentence == "Cross-check: there was no alpha to compare."


def test_what_the_package_has_no_memory_for_is_passed_over() -> None:
    reading, report = rated("interval", values=10_000, n=2_000)
    found = cross_check(reading.slices, report)
    assert found.compared == 0
    assert found.skipped[0].startswith("Not cross-checked: half ")


def test_without_the_package_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    reading, report = rated("ratio")
    with pytest.raises(NoPackage):
        cross_check(reading.slices, report)
