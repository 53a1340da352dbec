"""Whether values rise or fall in the order they came in."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np

from quality.reliability.intervals import student, two_sided_p
from quality.reliability.ratings import Floats

#: Below this many values a trend is not told from chance.
LEAST_VALUES: Final = 20
TOO_FEW: Final = f"a trend needs {LEAST_VALUES} ratings"
NO_VARIATION: Final = "no variation: every rating shows the same"


@dataclass(frozen=True, slots=True)
class Trend:
    """The change from the first to the last of `n` values along a straight line.

    `p` is two-sided, against no connection with the order. All are None exactly when
    `undefined` gives the reason.
    """

    change: float | None
    low: float | None
    high: float | None
    p: float | None
    n: int
    undefined: str = ""


def trend(values: Floats, ranks: Floats, *, level: float = 0.95) -> Trend:
    """The line through n `values` over their `ranks` in time, both (n,).

    The interval is Student's with errors that may differ from value to value
    (MacKinnon and White 1985, HC3); p is the permutation test of the correlation,
    by its normal limit (Cochran 1954 and Armitage 1955, for yes-or-no values).
    """
    n = len(values)
    if n < LEAST_VALUES:
        return Trend(None, None, None, None, n, TOO_FEW)
    x, y = ranks - ranks.mean(), values - values.mean()
    along, across = float(x @ x), float(y @ y)
    if along <= 0 or across <= 1e-12:
        return Trend(None, None, None, None, n, NO_VARIATION)
    slope = float(x @ y) / along
    rest = (y - slope * x) / (1 - 1 / n - x * x / along)
    length = float(ranks.max() - ranks.min())
    reach = student(level, n - 2) * sqrt(float((x * rest) @ (x * rest))) / along
    p = two_sided_p(float(x @ y) / sqrt(along * across) * sqrt(n - 1))
    return Trend(
        slope * length, (slope - reach) * length, (slope + reach) * length, p, n
    )


def ranks_of(values: np.ndarray[Any, Any]) -> Floats:
    """Ranks from 1, equal values sharing the middle one, (n,)."""
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middle: Floats = last - (counts - 1) / 2
    return middle[index]
