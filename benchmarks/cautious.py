"""Alpha's Fisher-z and cautious intervals beyond the coverage grid: do they hold, how wide?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.coverage import ITEMS, LEVEL, TABLES, Drawn, drawn
from quality.agreement import METRICS
from quality.agreement.intervals import CAUTIOUS, FISHER
from quality.agreement.populations import guessing

Floats = NDArray[np.float64]

ALPHA: Final = "krippendorff-alpha-nominal/1"
#: Shares of the labels, the most frequent one first.
SHARES: Final = ((0.5, 0.5), (0.95, 0.05), (0.8, 0.12, 0.05, 0.03))
RELIABILITIES: Final = (0.0, 0.3, 0.8, 0.95)
#: Raters, and the share of items that all of them rate; one rates the others.
DESIGNS: Final = ((2, 1.0), (3, 0.3))


@dataclass(frozen=True, slots=True)
class Setting:
    """Raters who know the label, or guess by the shares, so that alpha is as given."""

    shares: tuple[float, ...]
    reliability: float
    raters: int
    overlap: float

    def population(self) -> tuple[Floats, Floats]:
        """Patterns and probabilities."""
        shares = np.array(self.shares)
        patterns, full = guessing(shares, self.reliability**0.5, self.raters)
        return (
            np.concatenate([patterns, np.eye(len(shares))]),
            np.concatenate([self.overlap * full, (1 - self.overlap) * shares]),
        )

    def __str__(self) -> str:
        labels = "/".join(f"{100 * share:.0f}" for share in self.shares)
        who = f"{self.raters} raters, overlap {self.overlap:.0%}"
        return f"{labels}, alpha {self.reliability:g}, {who}"


def run() -> None:
    """Prints percent held and median width of both, by setting and number of items."""
    print(f"{ALPHA}, {LEVEL:.0%}, {TABLES:,} tables a cell: percent that hold and")
    print("median width, Fisher-z / cautious")
    print("| shares, alpha, raters | " + " | ".join(f"{n:,}" for n in ITEMS) + " |")
    print("| --- |" + " --- |" * len(ITEMS))
    for setting in settings():
        cells = [
            drawn(setting.population(), n, METRICS[ALPHA], [setting.raters, n])
            for n in ITEMS
        ]
        print(f"| {setting} | " + " | ".join(map(_text, cells)) + " |")


def settings() -> Iterator[Setting]:
    """All of them, the designs varying fastest."""
    for shares, reliability, design in product(SHARES, RELIABILITIES, DESIGNS):
        yield Setting(shares, reliability, *design)


def _text(found: Drawn) -> str:
    both = [
        f"{100 * found.held(method):.1f} ({found.width(method):.2f})"
        for method in (FISHER, CAUTIOUS)
    ]
    return " / ".join(both)
