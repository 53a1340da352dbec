"""Krippendorff's alpha in its disagreement form, for any metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quality.agreement.coefficients.distances import (
    Dissimilar,
    Interval,
    Metric,
    Nominal,
    Ordinal,
    Ratio,
)
from quality.agreement.coefficients.linear import NONE, Coefficient, Linear
from quality.agreement.estimate import Estimate, why_no_variation
from quality.agreement.inference import RATIO, SHOWN, Inference
from quality.agreement.table import PatternTable
from quality.agreement.weights import Weighting

Floats = NDArray[np.float64]
Values = tuple[float, ...] | None

ALPHA_NOMINAL: Final = "krippendorff-alpha-nominal/1"
ALPHA_ORDINAL: Final = "krippendorff-alpha-ordinal/1"
ALPHA_INTERVAL: Final = "krippendorff-alpha-interval/1"
ALPHA_RATIO: Final = "krippendorff-alpha-ratio/1"


@dataclass(frozen=True, slots=True)
class Alpha:
    """1 - (N - 1) observed / expected disagreement, and its linearisation.

    The error is the full derivative in the weight of an item: with the small-sample
    factor, and with the movement of the ordinal metric. irrCAC's (R, krippen.alpha.raw)
    takes N for N - 1.
    """

    metric: Metric

    def __call__(self, patterns: Floats, times: Floats, error: str | None) -> Linear:
        ratings = patterns @ np.ones(patterns.shape[1])
        times = times * (ratings > 1)
        totals = times @ patterns
        size, n = totals.sum(axis=-1), times.sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            metric = _Scaled(self.metric, totals)
            within, reach = _within(patterns, metric), _reach(totals, metric)
            observed, expected = (times * within).sum(-1), (totals * reach).sum(-1)
            value = 1 - (size - 1) * observed / expected
            agreement, chance = 1 - observed / size, 1 - expected / size**2
            if error is None:
                return Linear(value, agreement, chance, NONE, n)
            share = (observed / expected)[..., None]
            factor = (size - 1 if error == RATIO else size) / expected
            seen, foreseen = within, 2 * reach @ patterns.T
            if metric.moves:
                seen = seen + _drift_within(patterns, times, totals, metric)
                foreseen = foreseen + _drift_by_chance(patterns, totals, metric)
            slopes = -ratings * share - factor[..., None] * (seen - share * foreseen)
        influences = n[..., None] * slopes * (ratings > 1)
        return Linear(value, agreement, chance, influences, n)


class _Scaled:
    """A metric with a largest distance of 1 among the categories in use.

    Alpha does not change, and both sums stay far from overflow and read as shares of
    the worst disagreement possible.
    """

    def __init__(self, metric: Metric, totals: Floats) -> None:
        self._metric = metric
        self.moves = metric.moves
        found = metric.distances(totals)
        overall = totals.reshape(-1, totals.shape[-1]).max(axis=0)
        used: NDArray[np.bool_] = (totals if metric.moves else overall) > 0
        both = used[..., :, None] & used[..., None, :]
        self._widest = np.where(both, found, 0.0).max(axis=(-2, -1))
        self.distances: Floats = found / self._widest[..., None, None]

    def drift(self, pairs: Floats, totals: Floats) -> Floats:
        found: Floats = self._metric.drift(pairs, totals) / self._widest[..., None]
        return found


def _within(patterns: Floats, metric: _Scaled) -> Floats:
    """Disagreement of one item of each pattern, (P,), or (..., P) if the metric moves."""
    others = np.maximum(patterns @ np.ones(patterns.shape[1]) - 1, 1)
    pairs = np.einsum("...pk,pk->...p", patterns @ metric.distances, patterns)
    found: Floats = pairs / others
    return found


def _reach(totals: Floats, metric: _Scaled) -> Floats:
    """How far one rating of each category lies from all others, (..., q)."""
    return (metric.distances @ totals[..., None])[..., 0]


def _drift_within(
    patterns: Floats, times: Floats, totals: Floats, metric: _Scaled
) -> Floats:
    """What one item more of each pattern moves in all other items, (..., P)."""
    scaled = times / np.maximum(patterns.sum(axis=1) - 1, 1)
    pairs = np.einsum("...p,pk,pl->...kl", scaled, patterns, patterns, optimize=True)
    pairs -= (scaled @ patterns)[..., None] * np.eye(patterns.shape[1])
    return metric.drift(pairs, totals) @ patterns.T


def _drift_by_chance(patterns: Floats, totals: Floats, metric: _Scaled) -> Floats:
    """The same between any two ratings, (..., P)."""
    pairs = totals[..., :, None] * totals[..., None, :]
    return metric.drift(pairs, totals) @ patterns.T


def krippendorff(metric: str, values: Values = None) -> Coefficient:
    """Alpha with one of Krippendorff's own metrics, by name.

    `values` are those of the categories; their places 1, 2, 3, ... without them.
    """
    metrics: dict[str, Metric] = {
        "nominal": Nominal(),
        "ordinal": Ordinal(),
        "interval": Interval(values),
        "ratio": Ratio(values),
    }
    if metric not in metrics:
        raise ValueError(f"metric {metric!r} is none of {', '.join(metrics)}")
    return Coefficient(
        f"krippendorff-alpha-{metric}/1",
        f"Alpha ({metric})",
        Alpha(metrics[metric]),
        why_no_variation,
    )


def gwet_weighted_alpha(weighting: Weighting) -> Coefficient:
    """Alpha with Gwet's similarity weights, under a name of its own.

    Only identity (nominal) and quadratic (interval) weights give Krippendorff's
    numbers; Gwet's ordinal and ratio weights do not.
    """
    return Coefficient(
        weighting.named("gwet-weighted-alpha"),
        f"Alpha (Gwet's {weighting.kind} weights)",
        Alpha(Dissimilar(weighting)),
        why_no_variation,
    )


def alpha_nominal(
    table: PatternTable, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """Alpha for unordered categories: Krippendorff (2004), Content Analysis, ch. 11.

    His four observers and twelve units, published as 0.743:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_nominal(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.743
    """
    return krippendorff("nominal")(table, level=level, how=how)


def alpha_ordinal(
    table: PatternTable, *, level: float = 0.95, how: Inference = SHOWN
) -> Estimate:
    """Alpha for ordered categories, with Krippendorff's own ordinal metric.

    Gwet's ordinal weights give another number (0.834 on the data below) and do not
    go by this name. Krippendorff publishes 0.815:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_ordinal(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.815
    """
    return krippendorff("ordinal")(table, level=level, how=how)


def alpha_interval(
    table: PatternTable,
    values: Values = None,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Alpha with squared differences of the categories' `values`; published as 0.849:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_interval(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.849
    """
    return krippendorff("interval", values)(table, level=level, how=how)


def alpha_ratio(
    table: PatternTable,
    values: Values = None,
    *,
    level: float = 0.95,
    how: Inference = SHOWN,
) -> Estimate:
    """Alpha with ((x - y)/(x + y))^2 of the categories' `values`; published as 0.797:

    >>> rows = [[3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0],
    ...         [0, 4, 0, 0, 0], [1, 1, 1, 1, 0], [0, 0, 0, 4, 0], [3, 1, 0, 0, 0],
    ...         [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0]]
    >>> round(alpha_ratio(PatternTable.from_counts(rows, "1 2 3 4 5".split())).value, 3)
    0.797
    """
    return krippendorff("ratio", values)(table, level=level, how=how)
