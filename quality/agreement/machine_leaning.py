"""Which way a model leans beside people: its mean, and how often it is the stricter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any, Final

import numpy as np

from quality.agreement.machine import NOBODY_BESIDE
from quality.agreement.machine_table import MachineTable
from quality.agreement.ratios import ONE_TRY, Share, ratio_of
from quality.agreement.student import two_sided

MACHINE_BIAS: Final = "machine-bias/1"
MACHINE_STRICTER: Final = "machine-stricter/1"
MACHINE_MILDER: Final = "machine-milder/1"
STUDENT: Final = "student"
ALL_ALIKE: Final = "all items show the same difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """The model's mean minus people's, in points of the scale, or why there is none."""

    name: str = MACHINE_BIAS
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    interval_method: str = ""
    undefined: str = ""
    no_interval: str = ""
    n_items: int = 0


@dataclass(frozen=True, slots=True)
class Leaning:
    """The bias, and in which share of pairs the model gave a lower or a higher point."""

    bias: Bias
    stricter: Share
    milder: Share

    def to_json(self) -> dict[str, Any]:
        """Plain values by field name."""
        return {
            "bias": asdict(self.bias),
            "stricter": self.stricter.to_json(),
            "milder": self.milder.to_json(),
        }


def machine_leaning(
    table: MachineTable, values: tuple[float, ...], *, level: float = 0.95
) -> Leaning:
    """How the model leans on an ordered scale with the points `values` (q,), worst first.

    Each item counts once: the mean over items of the model's point minus the mean of
    people's, with Student's interval of a mean of items; and the share of the item's
    people who gave a higher (a lower) point than the model, averaged over items, with
    the interval of `ratio_of`.

    >>> rows = [[0, 2, 0], [0, 1, 1], [0, 0, 2], [2, 0, 0]]
    >>> table = MachineTable.from_items([0, 1, 1, 0], rows, ("bad", "fair", "good"))
    >>> found = machine_leaning(table, (1.0, 2.0, 3.0))
    >>> found.bias.value, found.stricter.value, found.milder.value
    (-0.625, 0.625, 0.0)
    """
    points = np.asarray(values, np.float64)
    if points.shape != (len(table.categories),):
        raise ValueError(f"{len(table.categories)} categories need as many values")
    patterns, times = table.patterns.astype(np.float64), table.multiplicities
    ratings = patterns.sum(axis=1)
    own = points[table.labels]
    people = patterns @ points / ratings
    above = (patterns * (points > own[:, None])).sum(axis=1) / ratings
    below = (patterns * (points < own[:, None])).sum(axis=1) / ratings
    ones = np.ones(len(times))
    return Leaning(
        _bias(own - people, times.astype(np.float64), level),
        ratio_of(MACHINE_STRICTER, above, ones, times, level=level),
        ratio_of(MACHINE_MILDER, below, ones, times, level=level),
    )


def _bias(gaps: Any, times: Any, level: float) -> Bias:
    n = int(times.sum())
    if not n:
        return Bias(level=level, undefined=NOBODY_BESIDE, no_interval=NOBODY_BESIDE)
    value = float(times @ gaps) / n
    if n < 2:
        return Bias(value=value, level=level, n_items=n, no_interval=ONE_TRY)
    error = sqrt(float(times @ (gaps - value) ** 2) / (n * (n - 1)))
    if error <= 1e-12:
        return Bias(value=value, level=level, n_items=n, no_interval=ALL_ALIKE)
    reach = two_sided(level, n - 1) * error
    return Bias(
        value=value,
        standard_error=error,
        low=value - reach,
        high=value + reach,
        level=level,
        interval_method=STUDENT,
        n_items=n,
    )
