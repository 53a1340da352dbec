"""docs/metrics.md and docs/checks.md say what the code says."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from corpus.checks import CHECKS, sets
from quality.agreement import estimate, flags
from tests.rules.source import ROOT

DOCS = ROOT / "docs"
REASONS = [
    value
    for name, value in vars(estimate).items()
    if name.isupper() and isinstance(value, str) and " " in value
]


def test_every_check_of_an_item_has_its_row() -> None:
    table = (DOCS / "checks.md").read_text().partition("## The checks of one")[2]
    table = table.partition("\n## ")[0]
    named = re.findall(r"(?m)^\| `([a-z-]+/\d+)`", table)
    assert sorted(named) == sorted(CHECKS)


def test_every_check_of_a_set_has_its_row() -> None:
    table = (DOCS / "checks.md").read_text().partition("## The checks of a set")[2]
    table = table.partition("\n## ")[0]
    named = re.findall(r"(?m)^\| `([a-z-]+/\d+)`", table)
    found = (
        import_module(f"{sets.__name__}.{m.name}") for m in iter_modules(sets.__path__)
    )
    ids = [module.ID for module in found if hasattr(module, "ID")]
    assert len(ids) > 5
    assert sorted(named) == sorted(ids)


def test_every_flag_has_its_row() -> None:
    raised = set(re.findall(r'"([a-z]+-[a-z]+)"', inspect.getsource(flags)))
    table = (DOCS / "metrics.md").read_text().partition("## Flags")[2]
    table = table.partition("\n## ")[0]
    assert set(re.findall(r"(?m)^\| `([a-z-]+)`", table)) == raised | {"paradox"}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_no_number_has_its_row(reason: str) -> None:
    assert f"| {reason} |" in (DOCS / "metrics.md").read_text()


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_no_page_says_a_section_twice(page) -> None:
    titles = re.findall(r"(?m)^#+ .*$", page.read_text())
    assert len(titles) == len(set(titles))
