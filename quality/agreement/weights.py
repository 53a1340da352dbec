"""Gwet's weights: how much two different labels still agree, from 0 to 1.

They are similarities, 1 on the diagonal. Krippendorff's metrics are distances and live
in `coefficients.distances`; the two "ordinal" ones are different things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Weigh = Callable[[Floats], Floats]


def identity(values: Floats) -> Floats:
    """Only the same label agrees."""
    return np.eye(len(values))


def quadratic(values: Floats) -> Floats:
    """1 - ((x - y) / range)^2."""
    return 1 - _gaps(values) ** 2


def linear(values: Floats) -> Floats:
    """1 - |x - y| / range."""
    return 1 - _gaps(values)


def radical(values: Floats) -> Floats:
    """1 - sqrt(|x - y| / range)."""
    return 1 - np.sqrt(_gaps(values))


def ratio(values: Floats) -> Floats:
    """1 - ((x - y) / (x + y))^2 over its largest value; ValueError for values up to 0."""
    if values.min() <= 0:
        raise ValueError("ratio weights need values above 0")
    return _similar(((values[:, None] - values) / (values[:, None] + values)) ** 2)


def ordinal(values: Floats) -> Floats:
    """1 - C(d + 1, 2) over its largest value, d the places between two labels."""
    places = np.abs(np.subtract.outer(np.arange(len(values)), np.arange(len(values))))
    return _similar(places * (places + 1.0) / 2)


def circular(values: Floats) -> Floats:
    """1 - sin(pi (x - y) / U)^2 over its largest value, U = range + 1: ends are near."""
    around = np.ptp(values) + 1
    return _similar(np.sin(np.pi * (values[:, None] - values) / around) ** 2)


def bipolar(values: Floats) -> Floats:
    """A step costs more towards the ends of the scale than in its middle."""
    sums = values[:, None] + values
    room = (sums - 2 * values.min()) * (2 * values.max() - sums)
    apart = (values[:, None] - values) ** 2
    same = np.eye(len(values), dtype=bool)
    return _similar(np.where(same, 0.0, apart / np.where(same, 1.0, room)))


WEIGHTS: Final[Mapping[str, Weigh]] = MappingProxyType(
    {
        "identity": identity,
        "quadratic": quadratic,
        "linear": linear,
        "radical": radical,
        "ratio": ratio,
        "ordinal": ordinal,
        "circular": circular,
        "bipolar": bipolar,
    }
)


@dataclass(frozen=True, slots=True)
class Weighting:
    """One of `WEIGHTS`, for categories at `values`, or at 1, 2, 3, ... without them.

    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3. The range is that
    of the declared categories, in use or not.

    >>> Weighting("quadratic").matrix(3).tolist()
    [[1.0, 0.75, 0.0], [0.75, 1.0, 0.75], [0.0, 0.75, 1.0]]
    """

    kind: str
    values: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.kind not in WEIGHTS:
            raise ValueError(f"weights {self.kind!r} are none of {', '.join(WEIGHTS)}")

    def matrix(self, q: int) -> Floats:
        """The weights (q, q) of `q` categories; ValueError for values that do not fit."""
        return WEIGHTS[self.kind](positions(q, self.values))

    def named(self, base: str) -> str:
        """The published name of a coefficient with these weights."""
        return f"{base}/1" if self.kind == "identity" else f"{base}-{self.kind}/1"


def positions(q: int, values: tuple[float, ...] | None) -> Floats:
    """Where the categories lie on their scale, (q,): `values`, or their places from 1."""
    if values is None:
        return np.arange(1.0, q + 1)
    found = np.asarray(values, np.float64)
    if found.shape != (q,) or not np.isfinite(found).all():
        raise ValueError(f"{q} categories need {q} finite values, not {values}")
    if len(np.unique(found)) < q:
        raise ValueError(f"two categories have the same value: {values}")
    return found


def _gaps(values: Floats) -> Floats:
    gaps: Floats = np.abs(values[:, None] - values) / np.ptp(values)
    return gaps


def _similar(distances: Floats) -> Floats:
    similar: Floats = 1 - distances / distances.max()
    return similar
