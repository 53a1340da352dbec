"""Intervals that keep inside the scale and still hold when agreement is high."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, tanh
from typing import Final

from quality.agreement.student import two_sided

FISHER: Final = "fisher-z"
LOGIT: Final = "logit"
EXACT: Final = "exact"
CAUTIOUS: Final = "fisher-z-cautious"
WALD: Final = "wald"
CENSUS: Final = "census"
TOO_FEW: Final = "an interval needs two items with two ratings"

# Far below any standard error that data can show, far above what rounding leaves.
_ZERO: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Bounds with the method that made them, or the reason there are none."""

    level: float
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    method: str = ""
    missing: str = ""


def around(
    value: float,
    standard_error: float,
    *,
    observed: float,
    expected: float,
    n_pairable: int,
    level: float,
    share: bool = False,
    sampled: float = 0.0,
    df: int | None = None,
) -> Interval:
    """The interval to print for a coefficient of (observed - expected)/(1 - expected).

    `share` says that the value lives on [0, 1] (percent agreement) and not on
    [-1, 1]. Without spread between items the exact bounds take over. `sampled` is the
    share of the population that was rated: 1 leaves nothing uncertain, and anything
    less only narrows the error, not the exact bounds. `df` is one less than the
    pairable items unless given.
    """
    if n_pairable < 2:
        return Interval(level=level, missing=TOO_FEW)
    if sampled == 1:
        low, high, method, standard_error = value, value, CENSUS, 0.0
    elif standard_error <= _ZERO or _all_or_nothing(value, observed):
        low, high = exact(observed, expected, n_pairable, level)
        standard_error = standard_error if standard_error > _ZERO else 0.0
        method = EXACT
    elif share:
        low, high = logit(value, standard_error, df or n_pairable - 1, level)
        method = LOGIT
    elif value <= -1:
        # Weighted coefficients can fall below -1, where Fisher's z ends.
        room = 1 - expected
        bounds = logit(observed, standard_error * room, df or n_pairable - 1, level)
        low, high = ((bound - expected) / room for bound in bounds)
        method = LOGIT
    else:
        low, high = fisher_z(value, standard_error, df or n_pairable - 1, level)
        method = FISHER
    return Interval(
        level=level,
        standard_error=standard_error,
        low=low,
        high=high,
        method=method,
    )


def _all_or_nothing(value: float, observed: float) -> bool:
    """Whether no pair disagrees, or none agrees at a value off the scale of Fisher's z.

    An error above 0 then comes from single-rated items alone.
    """
    return value >= 1 or (value <= -1 and observed <= _ZERO)


def as_others(
    value: float, standard_error: float, *, n_items: int, n_pairable: int, level: float
) -> Interval:
    """Wald's interval the way the irrCAC packages print it, for comparison only.

    Degrees of freedom: items with a rating, less one. Cut off at 1, not at -1.
    """
    if n_pairable < 2:
        return Interval(level=level, missing=TOO_FEW)
    low, high = wald(value, standard_error, n_items - 1, level)
    return Interval(
        level=level,
        standard_error=standard_error,
        low=min(low, 1.0),
        high=min(high, 1.0),
        method=WALD,
    )


def wald(
    value: float, standard_error: float, df: int, level: float
) -> tuple[float, float]:
    """value -/+ t * error: leaves the scale, and holds too rarely at high agreement."""
    reach = two_sided(level, df) * standard_error
    return value - reach, value + reach


def fisher_z(
    value: float, standard_error: float, df: int, level: float
) -> tuple[float, float]:
    """Student bounds on the scale of atanh, mapped back; never outside [-1, 1].

    Needs -1 < value < 1. Wald bounds at a high agreement cover far too rarely.

    >>> low, high = fisher_z(0.958, 0.0213, 99, 0.95)
    >>> round(low, 6), round(high, 6)
    (0.886871, 0.984768)
    """
    centre = atanh(value)
    reach = two_sided(level, df) * standard_error / (1 - value * value)
    return tanh(centre - reach), tanh(centre + reach)


def logit(
    value: float, standard_error: float, df: int, level: float
) -> tuple[float, float]:
    """The same for a share p: Fisher-z of 2p - 1 is the logit of p; stays in [0, 1]."""
    low, high = fisher_z(2 * value - 1, 2 * standard_error, df, level)
    return (1 + low) / 2, (1 + high) / 2


def exact(
    observed: float, expected: float, n_pairable: int, level: float
) -> tuple[float, float]:
    """Bounds when all n' items show the same agreement, so the standard error is 0.

    n' items alike leave at least the share s = ((1 - level)/2)^(1/n') of all items
    alike (Clopper and Pearson with no exception seen). The others may agree wholly
    or not at all; chance agreement is held where it was seen. Unanimous items give
    the upper bound 1.

    >>> low, high = exact(1.0, 0.5, 50, 0.95)
    >>> round(low, 6), high
    (0.857757, 1.0)
    """
    alike = ((1 - level) / 2) ** (1 / n_pairable)
    lowest, highest = alike * observed, 1 - alike * (1 - observed)
    low = (lowest - expected) / (1 - expected)
    high = (highest - expected) / (1 - expected)
    seen = (observed - expected) / (1 - expected)
    return max(low, min(-1.0, seen)), min(high, 1.0)
