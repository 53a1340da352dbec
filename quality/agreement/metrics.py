"""The registry: every published name, and which ones belong to which scale."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from quality.agreement.coefficients.gwet import AC1, gwet_ac1
from quality.agreement.coefficients.krippendorff import (
    ALPHA_NOMINAL,
    ALPHA_ORDINAL,
    alpha_nominal,
    alpha_ordinal,
)
from quality.agreement.coefficients.percent import PERCENT_AGREEMENT, percent_agreement
from quality.agreement.estimate import Estimate
from quality.agreement.table import PatternTable


class Coefficient(Protocol):
    """A table in, an estimate out."""

    def __call__(self, table: PatternTable, *, level: float = ...) -> Estimate: ...


METRICS: Final[Mapping[str, Coefficient]] = MappingProxyType(
    {
        PERCENT_AGREEMENT: percent_agreement,
        AC1: gwet_ac1,
        ALPHA_NOMINAL: alpha_nominal,
        ALPHA_ORDINAL: alpha_ordinal,
    }
)

# For headings and chart lanes; the versioned name belongs beside the number.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        PERCENT_AGREEMENT: "Percent agreement",
        AC1: "AC1",
        ALPHA_NOMINAL: "Alpha (nominal)",
        ALPHA_ORDINAL: "Alpha (ordinal)",
    }
)

_UNORDERED: Final = (PERCENT_AGREEMENT, AC1, ALPHA_NOMINAL)
SCALES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "nominal": _UNORDERED,
        "binary": _UNORDERED,
        "ordinal": (PERCENT_AGREEMENT, AC1, ALPHA_ORDINAL),
    }
)


def measure(
    table: PatternTable, scale: str, *, level: float = 0.95
) -> tuple[Estimate, ...]:
    """The estimates to show side by side for a nominal, binary or ordinal scale.

    ValueError for another scale, and for a binary one without two categories.
    """
    if scale not in SCALES:
        raise ValueError(f"scale {scale!r} is none of {', '.join(SCALES)}")
    if scale == "binary" and table.n_categories != 2:
        raise ValueError(
            f"a binary scale has two categories, not {table.n_categories}: "
            + ", ".join(table.categories)
        )
    return tuple(METRICS[name](table, level=level) for name in SCALES[scale])
