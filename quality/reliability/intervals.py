"""Values with their intervals, or the reason there is none."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist
from typing import Final

#: Below this many units the spread between them is not known well enough.
LEAST_UNITS: Final = 5
TOO_FEW: Final = f"an interval needs {LEAST_UNITS} units"
NO_SPREAD: Final = "no interval: every unit shows the same"
_ZERO: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Measured:
    """A number over `n` units with its interval at `level`.

    `value` is None exactly when `undefined` gives the reason; `low` and `high` are
    None exactly when `no_interval` does.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    level: float
    undefined: str = ""
    no_interval: str = ""


def missing(reason: str, n: int, level: float) -> Measured:
    """A number there is not."""
    return Measured(None, None, None, n, level, reason, reason)


def share(mean: float, spread: float, n: int, level: float) -> Measured:
    """The mean of n independent values within 0 and 1 that differ by `spread`.

    Wilson's (1927) score interval, with the number of units replaced by the number
    of yes-or-no units that would leave the same error (Korn and Graubard 1998), and
    Student's quantile in place of the normal one. `spread` is the standard deviation
    (divisor n - 1). A spread of 0 counts every unit as one yes-or-no unit.
    """
    if n < LEAST_UNITS:
        return Measured(mean, None, None, n, level, "", TOO_FEW)
    alike = mean * (1 - mean)
    effective = alike / (spread * spread / n) if spread > _ZERO and alike > 0 else n
    z = student(level, n - 1)
    reach = z * z / effective
    centre = (mean + reach / 2) / (1 + reach)
    half = sqrt(reach * alike + reach * reach / 4) / (1 + reach)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return Measured(mean, min(low, mean), max(high, mean), n, level)


def difference(
    mean: float, spread: float, n: int, widest: float, level: float
) -> Measured:
    """The mean of n independent values within -`widest` and `widest`: Student's.

    Where all n are the same, the exact share of units unlike them that n could have
    missed (Clopper and Pearson with no exception seen) may lie at either end.
    """
    if n < LEAST_UNITS:
        return Measured(mean, None, None, n, level, "", TOO_FEW)
    if spread > _ZERO:
        reach = student(level, n - 1) * spread / sqrt(n)
        low, high = mean - reach, mean + reach
    else:
        alike = ((1 - level) / 2) ** (1 / n)
        low = alike * mean - (1 - alike) * widest
        high = alike * mean + (1 - alike) * widest
    return Measured(mean, max(low, -widest), min(high, widest), n, level)


def corrected(value: float, standard_error: float, n: int, level: float) -> Measured:
    """A chance-corrected coefficient within -1 and 1: Student on Fisher's z."""
    if n < LEAST_UNITS:
        return Measured(value, None, None, n, level, "", TOO_FEW)
    if standard_error <= _ZERO or abs(value) >= 1:
        return Measured(value, None, None, n, level, "", NO_SPREAD)
    centre = atanh(value)
    reach = student(level, n - 1) * standard_error / (1 - value * value)
    return Measured(value, tanh(centre - reach), tanh(centre + reach), n, level)


def student(level: float, df: int) -> float:
    """The two-sided quantile of Student's t, to 0.01 from 4 degrees of freedom on.

    Cornish-Fisher in 1/df (Abramowitz and Stegun 26.7.5).

    >>> round(student(0.95, 20), 3)
    2.086
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level}")
    z = normal(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(df) ** k for k, term in enumerate(terms, start=1))


def normal(level: float) -> float:
    """The two-sided quantile of the normal distribution."""
    return NormalDist().inv_cdf((1 + level) / 2)


def two_sided_p(z: float) -> float:
    """P(|Z| >= |z|) of a standard normal Z."""
    return 2 * NormalDist().cdf(-abs(z))
