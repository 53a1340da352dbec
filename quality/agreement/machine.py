"""A model beside people: how far it agrees with them, and they with each other.

The pair that is looked at is the model and one of the item's people, drawn at random:
every quantity is its mean over the people of an item, and items weigh alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import sqrt
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.linear import concluded
from quality.agreement.estimate import (
    NO_VARIATION,
    SINGLE_CATEGORY,
    Estimate,
    undefined,
)
from quality.agreement.inference import RATIO, SHOWN
from quality.agreement.machine_table import MachineTable
from quality.agreement.metrics import METRICS
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]

MACHINE_AGREEMENT: Final = "machine-agreement/1"
MACHINE_AC1: Final = "machine-gwet-ac1/1"
MACHINE_KAPPA: Final = "machine-cohen-kappa/1"
MACHINE_KAPPA_QUADRATIC: Final = "machine-cohen-kappa-quadratic/1"
MACHINE_DIFFERENCE: Final = "machine-difference/1"
RECOVERED: Final = "mover"
NOBODY_BESIDE: Final = "no item that both the model and people have rated"


@dataclass(frozen=True, slots=True)
class _Chance:
    """Agreement by chance, and what one item of each row (P,) pulls at it."""

    expected: float
    pulls: Floats


@dataclass(frozen=True, slots=True)
class _Rows:
    """The model's label and people's shares of labels, (P, q) each, and the items (P,)."""

    machine: Floats
    people: Floats
    times: Floats

    @classmethod
    def of(cls, table: MachineTable) -> _Rows:
        machine = np.eye(len(table.categories))[table.labels]
        counts = table.patterns.astype(np.float64)
        shares = counts / counts.sum(axis=1, keepdims=True)
        return cls(machine, shares, table.multiplicities.astype(np.float64))


def _nothing(rows: _Rows, weights: Floats) -> _Chance:
    return _Chance(0.0, np.zeros(len(rows.times)))


def _spread(rows: _Rows, weights: Floats) -> _Chance:
    """Gwet's, at the mean of the model's and people's prevalence."""
    both = (rows.machine + rows.people) / 2
    prevalence = rows.times @ both / rows.times.sum()
    q = len(weights)
    scale = float(weights.sum()) / (q * (q - 1))
    expected = scale * float(prevalence @ (1 - prevalence))
    return _Chance(expected, -2 * scale * ((both - prevalence) @ prevalence))


def _own_habits(rows: _Rows, weights: Floats) -> _Chance:
    """Cohen's: each label as often as the model, and as people, give it."""
    n = rows.times.sum()
    machine, people = rows.times @ rows.machine / n, rows.times @ rows.people / n
    pulls = (rows.machine - machine) @ weights @ people
    pulls = pulls + (rows.people - people) @ (machine @ weights)
    return _Chance(float(machine @ weights @ people), pulls)


@dataclass(frozen=True, slots=True)
class _Found:
    """A value, what is behind it, and what one item of each row (P,) pulls at it."""

    value: float
    observed: float
    expected: float
    influences: Floats


@dataclass(frozen=True, slots=True)
class _Coefficient:
    """A name, its chance and weights, and its like among people alone."""

    name: str
    like: str
    chance: Callable[[_Rows, Floats], _Chance]
    weighting: Weighting = Weighting("identity")
    share: bool = False

    def found(self, table: MachineTable) -> _Found:
        rows = _Rows.of(table)
        weights = self.weighting.matrix(len(table.categories))
        agreeing = (rows.machine @ weights * rows.people).sum(axis=1)
        observed = float(rows.times @ agreeing) / table.n_items
        chance = self.chance(rows, weights)
        room = 1 - chance.expected
        value = (observed - chance.expected) / room
        influences = (agreeing - observed - (1 - value) * chance.pulls) / room
        return _Found(value, observed, chance.expected, influences)


_UNORDERED: Final = (
    _Coefficient(MACHINE_AGREEMENT, "percent-agreement/1", _nothing, share=True),
    _Coefficient(MACHINE_AC1, "gwet-ac1/1", _spread),
    _Coefficient(MACHINE_KAPPA, "fleiss-kappa/1", _own_habits),
)
_ORDERED: Final = (
    *_UNORDERED[:2],
    _Coefficient(
        MACHINE_KAPPA_QUADRATIC,
        "fleiss-kappa-quadratic/1",
        _own_habits,
        Weighting("quadratic"),
    ),
)
BY_SCALE: Final[Mapping[str, tuple[_Coefficient, ...]]] = MappingProxyType(
    {"nominal": _UNORDERED, "binary": _UNORDERED, "ordinal": _ORDERED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The model's coefficient minus people's on the same items, or why there is none."""

    name: str = MACHINE_DIFFERENCE
    value: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    interval_method: str = ""
    undefined: str = ""
    no_interval: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """One coefficient of model with person, its like of person with person, the gap."""

    machine: Estimate
    people: Estimate
    difference: Difference

    def to_json(self) -> dict[str, Any]:
        """Plain values by field name."""
        return {
            "machine": self.machine.to_json(),
            "people": self.people.to_json(),
            "difference": asdict(self.difference),
        }


def machine_agreement(
    table: MachineTable, scale: str, *, level: float = 0.95
) -> tuple[Beside, ...]:
    """A model's agreement with people, beside people's, for a scale of `BY_SCALE`.

    With a_i the share of an item's people who say what the model says, p its mean over
    items, f the model's and g people's mean shares of each of q labels:

    - `machine-agreement/1` is p;
    - `machine-gwet-ac1/1` is (p - e)/(1 - e), e = sum(h (1 - h))/(q - 1), h = (f + g)/2:
      AC1 of two raters (Gwet 2008, British J. Math. Stat. Psychology 61, 29-48), of
      whom one is whichever person is drawn;
    - `machine-cohen-kappa/1` is the same with e = sum(f g): the index of Schouten
      (1982), Statistica Neerlandica 36, 45-61, for one rater against a group; Vanbelle
      & Albert (2009), ibid. 63, 82-100, divide by what the group lets him reach, which
      is not done here, so that it compares with people's own. On an ordinal scale
      agreement and chance have quadratic weights.

    With one person per item they are AC1 and Cohen's kappa of two raters. The error
    linearises all of p, f and g with the item as cluster (ratio form). People's own
    numbers are percent agreement, AC1 and Fleiss' kappa of the same items. The
    interval of the difference comes from both intervals and the correlation of their
    errors (Zou & Donner 2008, Statistics in Medicine 27, 1693-1702).

    >>> rows = [[2, 0], [2, 0], [1, 1], [0, 2]]
    >>> table = MachineTable.from_items([0, 0, 0, 1], rows, ("good", "bad"))
    >>> [round(b.machine.value, 4) for b in machine_agreement(table, "nominal")]
    [0.875, 0.7808, 0.7143]
    """
    return tuple(_beside(of, table, level) for of in BY_SCALE[scale])


def _beside(of: _Coefficient, table: MachineTable, level: float) -> Beside:
    people = METRICS[of.like](table.people, level=level)
    if reason := _why_not(of, table):
        missing = Difference(level=level, undefined=reason, no_interval=reason)
        return Beside(undefined(of.name, table, reason, level), people, missing)
    found = of.found(table)
    machine = concluded(
        of.name,
        table,
        value=found.value,
        observed=found.observed,
        expected=found.expected,
        error=_error(found.influences, table),
        level=level,
        how=SHOWN,
        share=of.share,
    )
    return Beside(machine, people, _difference(of, table, found, machine, people))


def _why_not(of: _Coefficient, table: MachineTable) -> str:
    if len(table.categories) < 2:
        return SINGLE_CATEGORY
    if not table.n_items:
        return NOBODY_BESIDE
    is_kappa = of.chance is _own_habits
    return NO_VARIATION if is_kappa and table.n_used < 2 else ""


def _difference(
    of: _Coefficient,
    table: MachineTable,
    own: _Found,
    machine: Estimate,
    people: Estimate,
) -> Difference:
    """The gap with the bounds that both intervals and their correlation leave it."""
    level = machine.level
    if machine.value is None or people.value is None:
        reason = people.undefined
        return Difference(level=level, undefined=reason, no_interval=reason)
    times = table.multiplicities.astype(np.float64)
    patterns = table.patterns.astype(np.float64)
    theirs = METRICS[of.like].linearise(patterns, times, RATIO)
    gap = machine.value - people.value
    found = Difference(value=gap, level=level)
    bounds = (machine.low, machine.high, people.low, people.high)
    if any(bound is None for bound in bounds):
        return _replaced(found, no_interval=machine.no_interval or people.no_interval)
    low, high, their_low, their_high = (float(b) for b in bounds if b is not None)
    alike = _correlation(own.influences, theirs.influences, times)
    down = _reach(machine.value - low, their_high - people.value, alike)
    up = _reach(high - machine.value, people.value - their_low, alike)
    return _replaced(
        found,
        standard_error=_error(own.influences - theirs.influences, table),
        low=gap - down,
        high=gap + up,
        interval_method=RECOVERED,
    )


def _error(influences: Floats, table: MachineTable) -> float:
    """The linearised error of a mean over items; 0 for a single one."""
    n = table.n_items
    return (
        sqrt(float(table.multiplicities @ influences**2) / (n * (n - 1)))
        if n > 1
        else 0.0
    )


def _replaced(found: Difference, **said: Any) -> Difference:
    return Difference(**(asdict(found) | said))


def _correlation(one: Floats, other: Floats, times: Floats) -> float:
    """Of the errors of two estimates from the same items; 0 where one has none."""
    spread = float(times @ one**2) * float(times @ other**2)
    if spread <= 1e-24:
        return 0.0
    return float(np.clip(times @ (one * other) / sqrt(spread), -1, 1))


def _reach(one: float, other: float, alike: float) -> float:
    return sqrt(max(one * one + other * other - 2 * alike * one * other, 0.0))
