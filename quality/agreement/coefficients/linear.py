"""A coefficient and its linearisation: one pass for the value, the error and bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from quality.agreement.cautious import telling_items, with_made_up_items
from quality.agreement.estimate import (
    Counted,
    Estimate,
    defined,
    undefined,
    why_undefined,
)
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.intervals import CAUTIOUS, WALD, Interval, around, as_others
from quality.agreement.table import PatternTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Values (...) of one coefficient, over any leading axes of the multiplicities.

    `influences` (..., P) are what one item of each pattern pulls at the value, so that
    sum(times * influences^2) / (n (n - 1)) is its variance, with n = `n_effective`.
    Where a coefficient is undefined, the entries are NaN.
    """

    value: Floats
    observed: Floats
    expected: Floats
    influences: Floats
    n_effective: Floats


class Linearise(Protocol):
    """Patterns (P, q) and multiplicities (..., P), whole or not, to their `Linear`.

    Without a form of the error the influences are left out, (0,).
    """

    def __call__(
        self, patterns: Floats, times: Floats, error: str | None
    ) -> Linear: ...


NONE: Final[Floats] = np.zeros(0)


def always(table: PatternTable) -> str:
    """For a coefficient that every table with a pairable item defines."""
    return ""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A published name, its formula, and why a table may leave it undefined.

    `share` says that it lives on [0, 1].
    """

    name: str
    title: str
    linearise: Linearise
    why_not: Callable[[PatternTable], str] = always
    share: bool = False

    def __call__(
        self, table: PatternTable, *, level: float = 0.95, how: Inference = SHOWN
    ) -> Estimate:
        """The estimate of one table."""
        reason = why_undefined(table) or self.why_not(table)
        if reason:
            return undefined(self.name, table, reason, level)
        patterns = table.patterns.astype(np.float64)
        times = table.multiplicities.astype(np.float64)
        found = self.linearise(patterns, times, how.error)
        interval = None
        if how.interval == CAUTIOUS:
            interval = self._cautious(patterns, times, float(found.value), level, how)
        return concluded(
            self.name,
            table,
            value=float(found.value),
            observed=float(found.observed),
            expected=float(found.expected),
            error=standard_error(found, times),
            level=level,
            how=how,
            share=self.share,
            interval=interval,
        )

    def _cautious(
        self,
        patterns: Floats,
        times: Floats,
        value: float,
        level: float,
        how: Inference,
    ) -> Interval:
        """The interval of the table with made-up items, around the value itself."""
        ratings = patterns.sum(axis=1)
        n_pairable = int(times @ (ratings > 1))
        patterns, times = with_made_up_items(patterns, times)
        found = self.linearise(patterns, times, how.error)
        telling = float(telling_items(times, found.influences))
        interval = around(
            float(found.value),
            standard_error(found, times) * sqrt(1 - how.sampled),
            observed=float(found.observed),
            expected=float(found.expected),
            n_pairable=n_pairable,
            level=level,
            share=self.share,
            sampled=how.sampled,
            df=max(min(round(telling), n_pairable - 1), 1),
        )
        if interval.low is None or interval.high is None:
            return interval
        return replace(
            interval,
            low=min(interval.low, value),
            high=max(interval.high, value),
            method=CAUTIOUS,
        )


def standard_error(found: Linear, times: Floats) -> float:
    """The linearised standard error of one table; 0 for a single item."""
    n = float(found.n_effective)
    spread = float(times @ found.influences**2)
    return sqrt(spread / (n * (n - 1))) if n > 1 else 0.0


def concluded(
    name: str,
    counted: Counted,
    *,
    value: float,
    observed: float,
    expected: float,
    error: float,
    level: float,
    how: Inference,
    share: bool = False,
    interval: Interval | None = None,
) -> Estimate:
    """The estimate of a value with its `error`, before any finite population.

    An `interval` made elsewhere gives its bounds, and not its error.
    """
    error *= sqrt(1 - how.sampled)
    n = counted.n_pairable
    if interval is not None:
        interval = replace(interval, standard_error=error if interval.method else None)
    elif how.interval == CAUTIOUS:
        raise ValueError(f"{name} has no {CAUTIOUS} interval")
    elif how.interval == WALD:
        interval = as_others(
            value, error, n_items=counted.n_items, n_pairable=n, level=level
        )
    else:
        interval = around(
            value,
            error,
            observed=observed,
            expected=expected,
            n_pairable=n,
            level=level,
            share=share,
            sampled=how.sampled,
        )
    return defined(
        name,
        counted,
        value=value,
        interval=interval,
        observed=observed,
        expected=expected,
        error_form=how.error,
        sampled=how.sampled,
    )
