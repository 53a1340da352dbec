"""The registry: every published name, and which ones belong to which scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from quality.agreement.coefficients.brennan import brennan
from quality.agreement.coefficients.fleiss import fleiss
from quality.agreement.coefficients.gwet import AC1, ac
from quality.agreement.coefficients.krippendorff import (
    ALPHA_NOMINAL,
    ALPHA_ORDINAL,
    gwet_weighted_alpha,
    krippendorff,
)
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.coefficients.percent import PERCENT_AGREEMENT, percent
from quality.agreement.estimate import Estimate
from quality.agreement.inference import SHOWN, Inference
from quality.agreement.table import PatternTable
from quality.agreement.weights import WEIGHTS, Weighting


def _registered() -> Iterator[Coefficient]:
    for kind in WEIGHTS:
        weighting = Weighting(kind)
        yield percent(weighting)
        yield ac(weighting)
        yield fleiss(weighting)
        yield brennan(weighting)
        if kind != "identity":
            yield gwet_weighted_alpha(weighting)
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        yield krippendorff(metric)


# Every name that a table alone decides; categories without values lie at 1, 2, 3, ...
METRICS: Final[Mapping[str, Coefficient]] = MappingProxyType(
    {coefficient.name: coefficient for coefficient in _registered()}
)

# For headings and chart lanes; the versioned name belongs beside the number.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {name: coefficient.title for name, coefficient in METRICS.items()}
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
    table: PatternTable, scale: str, *, level: float = 0.95, how: Inference = SHOWN
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
    found = (METRICS[name] for name in SCALES[scale])
    return tuple(coefficient(table, level=level, how=how) for coefficient in found)
