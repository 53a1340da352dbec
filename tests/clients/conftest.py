"""Tests with the programs that read releases: they run with --clients only."""

from __future__ import annotations

import pytest

REASON = (
    "installs lmms-eval and TRL with torch, some 1.5 GB, in an environment of its own; "
    "run it with: ./run test --clients tests/clients"
)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Without the option they are skipped, and the summary says why."""
    if config.getoption("--clients"):
        return
    for item in items:
        if item.get_closest_marker("clients"):
            item.add_marker(pytest.mark.skip(reason=REASON))
