"""How fast each rater works, and how often faster than anybody can read."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from quality.reliability.intervals import (
    LEAST_UNITS,
    TOO_FEW,
    Measured,
    share,
)
from quality.reliability.ratings import Floats
from quality.reliability.trend import Trend, ranks_of, trend

#: Faster than this part of the usual time is not plausible.
FAST_PART: Final = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """One rater's times.

    `median` seconds; `fast`, the share of ratings made in under `threshold` seconds;
    `usual`, the middle one of all raters' medians. `trend` is over the ranks of the
    times, in shares of all ranks: -0.5 means from the slow half into the fast half.
    Medians and ranks: a lunch break is one slow rating, not an hour.
    """

    rater: Any
    median: Measured
    fast: Measured
    threshold: float
    usual: float
    trend: Trend


def pace(
    raters: ArrayLike,
    seconds: ArrayLike,
    *,
    at: ArrayLike | None = None,
    threshold: float | None = None,
    level: float = 0.95,
) -> tuple[Pace, ...]:
    """One pace per rater, sorted by name. Columns (R,): who, how long, when.

    Without `at` the rows are in order. `threshold` is in seconds, `FAST_PART` of the
    usual time unless given. ValueError for times that are negative or missing.
    """
    names, index, times, order = _columns(raters, seconds, at)
    if not len(names):
        return ()
    by_rater = order[np.argsort(index[order], kind="stable")]
    parts = np.split(by_rater, np.cumsum(np.bincount(index))[:-1])
    usual = float(np.median([np.median(times[part]) for part in parts]))
    limit = FAST_PART * usual if threshold is None else threshold
    when = np.arange(len(times)) if at is None else np.asarray(at)
    return tuple(
        Pace(
            name,
            _median(times[part], level),
            _fast(times[part], limit, level),
            limit,
            usual,
            trend(ranks_of(times[part]) / len(part), ranks_of(when[part]), level=level),
        )
        for name, part in zip(names.tolist(), parts, strict=True)
    )


def _columns(
    raters: ArrayLike, seconds: ArrayLike, at: ArrayLike | None
) -> tuple[Any, Any, Floats, Any]:
    names, index = np.unique(np.asarray(raters), return_inverse=True)
    times = np.asarray(seconds, dtype=np.float64)
    if times.ndim != 1 or len(times) != len(index):
        raise ValueError("raters and seconds are two columns of equal length")
    wrong = ~np.isfinite(times) | (times < 0)
    if wrong.any():
        row = int(wrong.argmax())
        raise ValueError(f"row {row} took {times[row]} seconds")
    if at is None:
        return names, index, times, np.arange(len(times))
    when = np.asarray(at)
    if when.shape != times.shape:
        raise ValueError("at has one time per row")
    return names, index, times, np.argsort(when, kind="stable")


def _fast(times: Floats, limit: float, level: float) -> Measured:
    hits = (times < limit).astype(np.float64)
    spread = float(hits.std(ddof=1)) if len(hits) > 1 else 0.0
    return share(float(hits.mean()), spread, len(hits), level)


def _median(times: Floats, level: float) -> Measured:
    """The median between the two order statistics of the sign test."""
    n, value = len(times), float(np.median(times))
    outside = _outside(n, (1 - level) / 2)
    if not outside:
        return Measured(value, None, None, n, level, "", TOO_FEW)
    ordered = np.sort(times)
    low, high = float(ordered[outside - 1]), float(ordered[n - outside])
    return Measured(value, low, high, n, level)


def _outside(n: int, tail: float) -> int:
    """The most k with P(fewer than k heads in n fair throws) <= `tail`."""
    if n < LEAST_UNITS:
        return 0
    k = np.arange(1, n // 2 + 1)
    logs = np.cumsum(np.log((n - k + 1) / k)) - n * log(2)
    below = np.cumsum(np.exp(np.concatenate([[-n * log(2)], logs])))
    return int(np.searchsorted(below, tail, side="right"))
