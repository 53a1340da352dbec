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

NOTHING: Final = ""
ORDER: Final = "an order"
VALUES: Final = "values"
#: What the distances of a metric rest on; all others need the categories' values.
_RESTS_ON: Final = {"identity": NOTHING, "nominal": NOTHING, "ordinal": ORDER}


def _registered(
    values: tuple[float, ...] | None = None,
) -> Iterator[tuple[Coefficient, str]]:
    """Every coefficient, and what it needs of the categories."""
    for kind in WEIGHTS:
        weighting, need = Weighting(kind, values), _RESTS_ON.get(kind, VALUES)
        yield percent(weighting), need
        yield ac(weighting), need
        yield fleiss(weighting), need
        yield brennan(weighting), need
        if kind != "identity":
            yield gwet_weighted_alpha(weighting), need
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        yield krippendorff(metric, values), _RESTS_ON.get(metric, VALUES)


# Every name that a table alone decides; categories without values lie at 1, 2, 3, ...
METRICS: Final[Mapping[str, Coefficient]] = MappingProxyType(
    {coefficient.name: coefficient for coefficient, _ in _registered()}
)

# What a name needs of the categories: nothing, an order, or values.
NEEDS: Final[Mapping[str, str]] = MappingProxyType(
    {coefficient.name: need for coefficient, need in _registered()}
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


def coefficient_for(
    name: str, scale: str, values: tuple[float, ...] | None
) -> Coefficient:
    """The coefficient `name` for categories that lie at `values`.

    ValueError for an unknown name, for one that needs an order on a scale that has
    none, and for one that needs values where there are none: places are no values.
    """
    if name not in METRICS:
        raise ValueError(f"there is no coefficient {name!r}")
    need = NEEDS[name]
    if scale not in SCALES:
        raise ValueError(
            f"{name} is for categories, and the {scale} scale has its own alpha alone"
        )
    if need and scale != "ordinal":
        raise ValueError(
            f"{name} needs {need} of the categories, which a {scale} scale has not: "
            "choose the ordinal scale, or a coefficient without weights"
        )
    if need != VALUES:
        return METRICS[name]
    if values is None:
        raise ValueError(
            f"{name} needs values of the categories, and these are no numbers: give "
            "their values (--values 1,2,10, beside --categories)"
        )
    return next(found for found, _ in _registered(values) if found.name == name)


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
