import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import quality.agreement
from quality.agreement import METRICS, SCALES, TITLES, PatternTable, measure
from quality.agreement.metrics import NEEDS, coefficient_for
from tests.quality.agreement.published import PUBLISHED

ROOT = Path(__file__).parents[3]
AB = ("ok", "bad")
TABLE = PatternTable.from_counts([[2, 0]] * 5 + [[1, 1], [0, 2]], AB)


@pytest.mark.parametrize(
    ("scale", "alpha"),
    [("nominal", "nominal"), ("binary", "nominal"), ("ordinal",) * 2],
)
def test_a_scale_is_measured_by_three_estimates_side_by_side(
    scale: str, alpha: str
) -> None:
    found = measure(TABLE, scale, level=0.9)
    assert [e.name for e in found] == [
        "percent-agreement/1",
        "gwet-ac1/1",
        f"krippendorff-alpha-{alpha}/1",
    ]
    assert {e.level for e in found} == {0.9}


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="'ratio' is none of nominal, binary, ordinal"):
        measure(TABLE, "ratio")


def test_a_binary_scale_with_three_categories_is_refused() -> None:
    with pytest.raises(ValueError, match="two categories, not 3"):
        measure(PatternTable.empty(("a", "b", "c")), "binary")


def test_every_name_carries_a_version_and_is_what_its_function_writes() -> None:
    for name, metric in METRICS.items():
        assert re.fullmatch(r"[a-z0-9-]+/[1-9]\d*", name)
        assert metric(TABLE).name == name
    assert {name for names in SCALES.values() for name in names} <= set(METRICS)


def test_every_name_knows_what_it_needs_of_the_categories() -> None:
    assert set(NEEDS) == set(METRICS)
    weights = (
        "quadratic",
        "linear",
        "radical",
        "ratio",
        "circular",
        "bipolar",
        "interval",
    )
    for name, need in NEEDS.items():
        ending = name.removesuffix("/1").rpartition("-")[2]
        assert need == {"ordinal": "an order"}.get(
            ending, "values" if ending in weights else ""
        )


def test_values_move_the_names_that_rest_on_them_and_no_others() -> None:
    table = PatternTable.from_counts(
        [[2, 0, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]] * 4 + [[1, 1, 0, 0]],
        ("a", "b", "c", "d"),
    )
    for name, need in NEEDS.items():
        found = coefficient_for(name, "ordinal", (1.0, 2.0, 10.0, 12.5))
        assert found.name == name
        moved = found(table).value != METRICS[name](table).value
        assert moved == (need == "values")


def test_every_metric_has_a_title_of_its_own() -> None:
    assert set(TITLES) == set(METRICS)
    assert len(set(TITLES.values())) == len(METRICS)


def test_published_numbers_stay_what_they_were() -> None:
    """Changing one of these means a new version, never an edit."""
    table = PatternTable.from_counts(
        [[2, 0, 0, 0]] * 5 + [[1, 1, 0, 0], [0, 2, 0, 1], [0, 0, 3, 0], [0, 0, 0, 1]],
        ("a", "b", "c", "d"),
    )
    found = {name: metric(table) for name, metric in METRICS.items()}
    assert {
        name: (f"{e.value:.10f}", f"{e.standard_error:.10f}")
        for name, e in found.items()
    } == PUBLISHED


def test_the_metrics_page_names_every_metric() -> None:
    page = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    assert [name for name in METRICS if f"`{name}`" not in page] == []


def test_the_core_imports_without_django_or_scipy() -> None:
    program = """
import sys
for blocked in ("django", "scipy", "pandas", "krippendorff", "celery"):
    sys.modules[blocked] = None
from quality.agreement import PatternTable, flags_of, measure
import quality.charts
table = PatternTable.from_counts([[2, 0], [1, 1], [0, 2]], ("ok", "bad"))
print(len(measure(table, "binary")), len(flags_of(table, measure(table, "binary"))))
tops = {name.partition(".")[0] for name in sys.modules}
print(sorted(tops & {"annotation", "api", "config", "corpus", "worker"}))
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3 2\n[]\n"


def test_the_examples_in_the_docstrings_are_true() -> None:
    attempted = 0
    for module in pkgutil.walk_packages(
        quality.agreement.__path__, "quality.agreement."
    ):
        result = doctest.testmod(importlib.import_module(module.name))
        assert result.failed == 0, module.name
        attempted += result.attempted
    assert attempted >= 15
