"""Shares whose tries come in items: the interval counts items, not ratings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.intervals import CENSUS, EXACT, exact
from quality.agreement.student import two_sided

Floats = NDArray[np.float64]

WILSON: Final = "wilson-clustered"
NO_TRIES: Final = "nothing to take a share of"
ONE_TRY: Final = "an interval needs two items"
_ITEMS_ALIKE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its interval, or the reason for none. `name` carries the version.

    `n_items` and `n_tries` are what it rests on; `design_effect` is how many times
    wider the variance is than if all tries were independent.
    """

    name: str
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    interval_method: str = ""
    undefined: str = ""
    no_interval: str = ""
    n_items: int = 0
    n_tries: float = 0.0
    design_effect: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values by field name."""
        return asdict(self)


def ratio_of(
    name: str,
    hits: Floats,
    tries: Floats,
    times: NDArray[np.int64],
    *,
    level: float = 0.95,
    sampled: float = 0.0,
) -> Share:
    """sum(hits) / sum(tries) over items, with `times` (P,) items for each pair (P,).

    The error is that of a ratio of two totals (Cochran 1977, Sampling Techniques, eq.
    2.46, items as clusters); the interval Wilson's (1927) at the number of independent
    tries that has this error, and Student's t. With no spread at all, as for 0 or all,
    it is the exact one for that many items. A few hits cannot tell how alike the tries
    of an item are, so the design effect is drawn towards "wholly alike", as if two
    more items had shown it.
    """
    counted = (tries > 0) & (times > 0)
    hits, tries, times = hits[counted], tries[counted], times[counted]
    n, total = int(times.sum()), float(times @ tries)
    if not n:
        return Share(name=name, level=level, undefined=NO_TRIES, no_interval=NO_TRIES)
    value = float(times @ hits) / total
    seen = Share(name=name, value=value, level=level, n_items=n, n_tries=total)
    if n < 2:
        return replace(seen, no_interval=ONE_TRY)
    spread = float(times @ (hits - value * tries) ** 2)
    variance = n / (n - 1) * spread / total**2
    error = sqrt(variance * (1 - sampled))
    effect = variance * total / (value * (1 - value)) if 0 < value < 1 else None
    if sampled == 1:
        low, high, method = value, value, CENSUS
    elif effect is None or error <= 1e-12:
        low, high, method, error = *exact(value, 0.0, n, level), EXACT, 0.0
    else:
        telling = min(int(times @ (hits > 0)), int(times @ (hits < tries)))
        likely = _cautious_effect(effect, total / n, telling)
        independent = total / likely / (1 - sampled)
        low, high = wilson(value, independent, two_sided(level, n - 1))
        method = WILSON
    return replace(
        seen,
        standard_error=error,
        low=low,
        high=high,
        interval_method=method,
        design_effect=effect,
    )


def _cautious_effect(effect: float, alike: float, telling: int) -> float:
    """The design effect seen on `telling` items, drawn towards that of `alike` tries."""
    drawn = (telling * effect + _ITEMS_ALIKE * alike) / (telling + _ITEMS_ALIKE)
    return max(effect, drawn, 1.0)


def wilson(value: float, tries: float, quantile: float) -> tuple[float, float]:
    """Wilson's bounds of a share seen in `tries` independent tries; inside [0, 1].

    >>> low, high = wilson(0.1, 50, 1.959964)
    >>> round(low, 4), round(high, 4)
    (0.0435, 0.2136)
    """
    extra = quantile**2 / tries
    centre = (value + extra / 2) / (1 + extra)
    reach = sqrt(value * (1 - value) / tries + extra / tries / 4)
    reach *= quantile / (1 + extra)
    return max(centre - reach, 0.0), min(centre + reach, 1.0)
