"""Alpha by the `krippendorff` package, beside ours: another program's word for it.

The package is licensed under the GPL, so it is looked for only when asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np

from quality.agreement.reading import SliceRatings
from quality.agreement.reporting import Line, Report, wording

_PREFIX: Final = "krippendorff-alpha-"
#: It builds items x values x values doubles: 1 GiB, and about as much again.
_MOST_CELLS: Final = 1 << 27


class NoPackage(Exception):
    """The package is not installed."""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """The largest difference over `compared` alphas, and why others were passed over."""

    largest: float
    compared: int
    skipped: tuple[str, ...]

    @property
    def sentence(self) -> str:
        alphas = wording.counted(self.compared, "alpha", "alphas")
        if not self.compared:
            return "Cross-check: there was no alpha to compare."
        return (
            f"Cross-check: {alphas} against the krippendorff package, largest "
            f"difference {self.largest:.1e}."
        )


def cross_check(slices: Sequence[SliceRatings], report: Report) -> CrossCheck:
    """Compare every alpha of `report` with the package's, from the ratings themselves.

    NoPackage where it is not installed.
    """
    try:
        package = import_module("krippendorff")
    except ImportError:
        raise NoPackage from None
    differences, skipped = [], []
    for part, line in zip(slices, report.lines, strict=True):
        for level, ours in _alphas(line):
            counts, domain = _counted(part, line.values)
            if counts.size * len(domain) > _MOST_CELLS:
                where = wording.heading(line.slice) or "the ratings"
                skipped.append(
                    f"Not cross-checked: {where} with {len(domain):,} values is too "
                    "much for the package's memory."
                )
                continue
            theirs = package.alpha(
                value_counts=counts, value_domain=domain, level_of_measurement=level
            )
            differences.append(abs(ours - float(theirs)))
    return CrossCheck(max(differences, default=0.0), len(differences), tuple(skipped))


def _alphas(line: Line) -> list[tuple[str, float]]:
    """Level of measurement and value of a line's Krippendorff alphas."""
    return [
        (e.name.removeprefix(_PREFIX).partition("/")[0], e.value)
        for e in line.estimates
        if e.name.startswith(_PREFIX) and e.value is not None
    ]


def _counted(
    part: SliceRatings, lie_at: tuple[float, ...] | None
) -> tuple[np.ndarray[Any, Any], list[float]]:
    """One row per item, one column per value: not by the code that is checked.

    Categories `lie_at` the values that the report used, at their places otherwise.
    """
    items = {unit: row for row, unit in enumerate(dict.fromkeys(part.units.tolist()))}
    if part.categories:
        domain = [float(k) for k in range(len(part.categories))]
    else:
        domain = sorted(set(part.values.tolist()))
    places = {value: column for column, value in enumerate(domain)}
    if part.categories and lie_at:
        domain = list(lie_at)
    counts = np.zeros((len(items), len(domain)), np.int64)
    for unit, value in zip(part.units.tolist(), part.values.tolist(), strict=True):
        counts[items[unit], places[value]] += 1
    return counts, domain
