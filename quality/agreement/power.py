"""How many items tell two shares, or two coefficients, apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from quality.agreement.estimate import Estimate
from quality.agreement.ratios import Share

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What it costs to see a difference: items and ratings per side, hours in all."""

    items: int
    ratings: int
    hours: float
    power: float


def power_of(difference: float, error: float, *, level: float = 0.95) -> float:
    """The chance that a two-sided test sees a true `difference` measured with `error`.

    >>> round(power_of(0.1, 0.0357), 2)
    0.8
    """
    if not error > 0:
        raise ValueError(f"an error is above 0, not {error}")
    bar = _NORMAL.inv_cdf((1 + level) / 2)
    reach = abs(difference) / error
    return _NORMAL.cdf(reach - bar) + _NORMAL.cdf(-reach - bar)


def spread_of(seen: Estimate | Share) -> float:
    """The standard deviation that one item contributes: error times sqrt(items).

    ValueError for a number without an error; 0 tells nothing about a larger study.
    """
    if not seen.standard_error:
        raise ValueError(f"{seen.name} has no spread to plan with")
    return seen.standard_error * sqrt(seen.n_items)


def share_spread(share: float, ratings: float, correlation: float) -> float:
    """The same for a share, with so many ratings per item and so alike within one.

    Kish (1965), Survey Sampling, eq. 8.2.1: p (1 - p) (1 + (r - 1) rho) / r.
    """
    return sqrt(share * (1 - share) * (1 + (ratings - 1) * correlation) / ratings)


def correlation_within(seen: Share) -> float:
    """How alike ratings of one item are, rho, from the design effect; 0 to 1."""
    per_item = seen.n_tries / seen.n_items if seen.n_items else 0.0
    if seen.design_effect is None or per_item <= 1:
        raise ValueError(f"{seen.name} does not tell how alike ratings of an item are")
    return min(max((seen.design_effect - 1) / (per_item - 1), 0.0), 1.0)


def comparison(
    difference: float,
    one: float,
    other: float,
    *,
    raters: int,
    seconds_per_rating: float,
    power: float = 0.8,
    level: float = 0.95,
    same_items: float = 0.0,
) -> Comparison:
    """The items per side that show a true `difference` with the wanted `power`.

    `one` and `other` are the spreads of both sides (`spread_of`, `share_spread`);
    `same_items` is the correlation of the sides where both judge the same source items,
    0 where the items differ.
    """
    if not 0 < power < 1 or not difference:
        raise ValueError("power lies between 0 and 1, and a difference is not 0")
    spread = sqrt(one**2 + other**2 - 2 * same_items * one * other)
    if not spread > 0:
        raise ValueError("two sides without spread need no study")
    bars = _NORMAL.inv_cdf((1 + level) / 2) + _NORMAL.inv_cdf(power)
    n = max(ceil((bars * spread / difference) ** 2), 2)
    ratings = n * raters
    return Comparison(
        items=n,
        ratings=ratings,
        hours=2 * ratings * seconds_per_rating / 3600,
        power=power_of(difference, spread / sqrt(n), level=level),
    )
