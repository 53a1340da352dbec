"""The five benchmarks: which one an item is of, and what upstream numbers it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from corpus.record import ReleaseItem

Benchmark = Literal["mmbench", "scienceqa", "mme", "pope", "ai2d", "other"]

#: How their authors write them.
WRITTEN: dict[Benchmark, str] = {
    "mmbench": "MMBench",
    "scienceqa": "ScienceQA",
    "mme": "MME",
    "pope": "POPE",
    "ai2d": "AI2D",
}

#: In an item's `upstream`: the upstream rows that ask one POPE question.
ROWS = "rows"
#: In the `upstream` of one of these rows: which of them it is, counted from 1.
ROW = "row"


def benchmark_of(dataset: str) -> Benchmark:
    """Which benchmark a dataset name stands for, whatever its revision.

    >>> benchmark_of("ScienceQA@1.0"), benchmark_of("our-own")
    ('scienceqa', 'other')
    """
    name = re.sub("[^a-z0-9]", "", dataset.split("@")[0].lower())
    return next((known for known in WRITTEN if known == name), "other")


def upstream_index(item: ReleaseItem) -> int | None:
    """The upstream index, if it is a whole number."""
    index = item.upstream.get("index")
    if isinstance(index, int) and not isinstance(index, bool):
        return index if 0 <= index < 10**18 else None
    if isinstance(index, str) and re.fullmatch("[0-9]{1,18}", index):
        return int(index)
    return None


def upstream_text(item: ReleaseItem, *names: str) -> str:
    """The first of these upstream columns that holds something, as text."""
    cells = (item.upstream.get(name) for name in names)
    return next((str(cell) for cell in cells if cell not in (None, "")), "")


def glued_instruction(item: ReleaseItem) -> str:
    """What upstream glues to its English questions; "" in every other language."""
    glued = item.upstream.get("instruction") if item.language == "en" else None
    return str(glued or "")


def rows_of(item: ReleaseItem) -> list[Mapping[str, Any]]:
    """The upstream rows that ask a POPE item's question; empty for all other items."""
    rows = item.upstream.get(ROWS)
    if benchmark_of(item.dataset) != "pope" or not isinstance(rows, Sequence):
        return []
    return [row for row in rows if isinstance(row, Mapping)]


def with_repeats(item: ReleaseItem) -> Iterator[ReleaseItem]:
    """An item for every upstream row that asks its question; else the item itself.

    POPE asks a question in up to three tracks; people judge it once.
    """
    rows = rows_of(item)
    if not rows:
        yield item
    shared = {name: cell for name, cell in item.upstream.items() if name != ROWS}
    for number, row in enumerate(rows, 1):
        yield replace(item, upstream={**shared, **row, ROW: number})


def tracks(item: ReleaseItem) -> str:
    """The POPE tracks that ask an item, joined by commas as upstream joins them."""
    cells = [str(row.get("category") or "") for row in rows_of(item)]
    if len(cells) < 2:
        return "".join(cells) or upstream_text(item, "category")
    named = (track.strip() for cell in cells for track in cell.split(","))
    return ",".join(sorted({track for track in named if track}))
