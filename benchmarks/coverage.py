"""How often 95 % intervals hold, Fisher-z, cautious and Wald's, by skew and design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement import METRICS
from quality.agreement.cautious import telling_items, with_made_up_items
from quality.agreement.coefficients.linear import Coefficient, Linear
from quality.agreement.inference import RATIO
from quality.agreement.intervals import CAUTIOUS, FISHER, WALD, around
from quality.agreement.populations import guessing
from quality.agreement.student import two_sided

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

TABLES: Final = 2_000
SKEWS: Final = (0.50, 0.80, 0.95, 0.99)
ITEMS: Final = (20, 50, 200, 1_000)
RATERS: Final = (2, 3, 5)
OVERLAPS: Final = (1.0, 0.3)
#: Alpha and Fleiss' kappa of the simulated raters.
RELIABILITY: Final = 0.8
LEVEL: Final = 0.95
HOLDS: Final = (0.935, 0.975)
NAMES: Final = (
    "percent-agreement/1",
    "gwet-ac1/1",
    "fleiss-kappa/1",
    "krippendorff-alpha-nominal/1",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One design: how the tables of a cell come about."""

    skew: float
    raters: int
    overlap: float
    items: int

    def population(self) -> tuple[Floats, Floats]:
        """Patterns and probabilities: raters who know, or guess by the prevalence."""
        prevalence = np.array([self.skew, 1 - self.skew])
        patterns, full = guessing(prevalence, RELIABILITY**0.5, self.raters)
        return (
            np.concatenate([patterns, np.eye(2)]),
            np.concatenate([self.overlap * full, (1 - self.overlap) * prevalence]),
        )

    def __str__(self) -> str:
        return f"{self.skew:.0%}, {self.raters} raters, overlap {self.overlap:.0%}"


@dataclass(frozen=True, slots=True)
class Held:
    """The share of intervals that hold the truth, of ours, the cautious and Wald's.

    `without` is the share of tables that leave the coefficient without an interval,
    `exact` that of intervals from the exact fallback.
    """

    ours: float
    cautious: float
    wald: float
    without: float
    exact: float


def run() -> None:
    """Prints one table per coefficient, and the cells that do not hold."""
    start = perf_counter()
    for name in NAMES:
        print(f"\n{name}: Fisher-z / cautious / Wald, {TABLES:,} tables a cell")
        print("| skew, raters, overlap | " + " | ".join(f"{n:,}" for n in ITEMS) + " |")
        print("| --- |" + " --- |" * len(ITEMS))
        found = {cell: held(cell, METRICS[name]) for cell in cells()}
        for row in dict.fromkeys(str(cell) for cell in found):
            texts = [_text(h) for cell, h in found.items() if str(cell) == row]
            print(f"| {row} | " + " | ".join(texts) + " |")
        _summary(found)
    print(f"\n{perf_counter() - start:.0f} s")


def cells() -> Iterator[Cell]:
    """All designs, the items varying fastest."""
    for design in product(SKEWS, RATERS, OVERLAPS, ITEMS):
        yield Cell(*design)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The intervals of simulated tables, and which of them count.

    `bounds` by method, low and high (tables,) each, NaN where there is none; `usable`
    (tables,) leaves out the tables without an interval; `errors` (tables,).
    """

    truth: float
    usable: NDArray[np.bool_]
    errors: Floats
    bounds: dict[str, tuple[Floats, Floats]]

    def held(self, method: str) -> float:
        """The share of a method's intervals that hold the truth."""
        low, high = self.bounds[method]
        inside = (low - 1e-9 <= self.truth) & (self.truth <= high + 1e-9)
        return float(np.mean(inside[self.usable]))

    def width(self, method: str) -> float:
        """The median width of a method's intervals."""
        low, high = self.bounds[method]
        return float(np.median((high - low)[self.usable]))


def drawn(
    population: tuple[Floats, Floats],
    items: int,
    coefficient: Coefficient,
    seed: list[int],
) -> Drawn:
    """Tables of so many items from a population of patterns and probabilities."""
    patterns, probabilities = population
    truth = float(coefficient.linearise(patterns, 1e12 * probabilities, RATIO).value)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(items, probabilities, size=TABLES).astype(np.float64)
    pairable = (times @ (patterns.sum(axis=1) > 1)).astype(int)
    plain = coefficient.linearise(patterns, times, RATIO)
    errors = _errors(plain, times)
    bounds = {
        FISHER: _bounds(plain, errors, pairable, pairable - 1, coefficient.share),
        CAUTIOUS: _cautious(coefficient, patterns, times, plain.value, pairable),
        WALD: _walds(plain, errors, items, pairable),
    }
    return Drawn(truth, np.isfinite(plain.value) & (pairable > 1), errors, bounds)


def held(cell: Cell, coefficient: Coefficient) -> Held:
    """How often the intervals of simulated tables hold the value of the population."""
    seed = [round(100 * cell.skew), cell.raters, round(10 * cell.overlap), cell.items]
    found = drawn(cell.population(), cell.items, coefficient, seed)
    exacts = float(np.mean(found.errors[found.usable] < 1e-12))
    without = 1 - float(np.mean(found.usable))
    ours, cautious, walds = (found.held(method) for method in (FISHER, CAUTIOUS, WALD))
    return Held(ours, cautious, walds, without, exacts)


def _bounds(
    found: Linear, errors: Floats, pairable: Counts, df: Counts, share: bool = False
) -> tuple[Floats, Floats]:
    """Our bounds, table by table, NaN where there is no interval."""
    bounds = np.full((2, len(errors)), np.nan)
    for t in np.flatnonzero(np.isfinite(found.value) & (pairable > 1)):
        interval = around(
            float(found.value[t]),
            float(errors[t]),
            observed=float(found.observed[t]),
            expected=float(found.expected[t]),
            n_pairable=int(pairable[t]),
            level=LEVEL,
            share=share,
            df=int(df[t]),
        )
        bounds[:, t] = interval.low, interval.high
    return bounds[0], bounds[1]


def _cautious(
    coefficient: Coefficient,
    patterns: Floats,
    times: Floats,
    values: Floats,
    pairable: Counts,
) -> tuple[Floats, Floats]:
    more, many = with_made_up_items(patterns, times)
    found = coefficient.linearise(more, many, RATIO)
    telling = np.nan_to_num(telling_items(many, found.influences)).round().astype(int)
    df = np.maximum(np.minimum(telling, pairable - 1), 1)
    low, high = _bounds(found, _errors(found, many), pairable, df, coefficient.share)
    return np.minimum(low, values), np.maximum(high, values)


def _walds(
    found: Linear, errors: Floats, items: int, pairable: Counts
) -> tuple[Floats, Floats]:
    reach = two_sided(LEVEL, items - 1) * errors
    return found.value - reach, np.minimum(found.value + reach, 1.0)


def _errors(found: Linear, times: Floats) -> Floats:
    n = found.n_effective
    with np.errstate(divide="ignore", invalid="ignore"):
        errors: Floats = np.sqrt((times * found.influences**2).sum(-1) / (n * (n - 1)))
    return errors


def _text(held: Held) -> str:
    numbers = [
        _marked(held.ours),
        _marked(held.cautious),
        f"{100 * held.wald:.1f}",
    ]
    text = " / ".join(numbers)
    return text if held.without < 0.01 else f"{text} ({held.without:.0%} without)"


def _marked(share: float) -> str:
    low, high = HOLDS
    sign = "−" if share < low else "+" if share > high else ""
    return f"{100 * share:.1f}{sign}"


def _summary(found: dict[Cell, Held]) -> None:
    low, high = HOLDS
    for whose in ("ours", "cautious", "wald"):
        below = [c for c, h in found.items() if getattr(h, whose) < low]
        above = [c for c, h in found.items() if getattr(h, whose) > high]
        least = min(getattr(h, whose) for h in found.values())
        print(
            f"{whose}: {len(below)} of {len(found)} cells below, {len(above)} above, "
            f"least {least:.1%}"
        )
    for cell, h in found.items():
        if not low <= h.ours <= high:
            print(
                f"  {cell}, {cell.items:,} items: {h.ours:.1%}, "
                f"{h.exact:.0%} by the exact bound, {h.without:.0%} without"
            )
