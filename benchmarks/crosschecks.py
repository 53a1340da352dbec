"""Random tables with gaps: the largest difference from each package, per statistic."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import Final

from benchmarks._cross_checks import compared, studies

TABLES: Final = int(os.environ.get("CONCORD_BENCH_TABLES", "10000"))
BOUND: Final = 1e-9


def run() -> None:
    """Prints answers compared and the largest difference; ends with 1 beyond 1e-9."""
    gaps: dict[tuple[str, str], list[float]] = defaultdict(list)
    for labels, q in studies(TABLES, seed=1):
        for answers in compared(labels, q):
            gaps[answers.package, answers.what].append(answers.apart)
    print(f"crosschecks: {TABLES:,} random tables; undefined ones are not compared")
    print(f"  {'package':14}{'statistic':34}{'compared':>9}{'apart by':>10}")
    for (package, what), found in sorted(gaps.items()):
        print(f"  {package:14}{what:34}{len(found):9,}{max(found):10.0e}")
    for package in sorted({package for package, _ in gaps}):
        of_it = [
            gap for key, found in gaps.items() if key[0] == package for gap in found
        ]
        print(f"  {package}: {len(of_it):,} compared, {max(of_it):.0e} apart at most")
    if max(map(max, gaps.values())) > BOUND:
        raise SystemExit(f"some differ by more than {BOUND}")
