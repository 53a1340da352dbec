"""Whether a rater's agreement with the others changes as time goes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quality.reliability.intervals import Measured
from quality.reliability.leave_one_out import agreement_with_others, mean_share
from quality.reliability.ratings import Floats, Names, Ratings
from quality.reliability.trend import Trend, ranks_of, trend

WINDOWS: Final = 5
#: A window with fewer units says nothing of its own.
LEAST_IN_WINDOW: Final = 20


@dataclass(frozen=True, slots=True)
class Window:
    """Agreement with the others on the units rated from `first` to `last`."""

    first: Any
    last: Any
    agreement: Measured


@dataclass(frozen=True, slots=True)
class Drift:
    """A rater's agreement in windows of equal size, and its trend over the units.

    `others` is the trend of the others' agreement among themselves on the same units,
    and `beside` that of the difference: where `own` and `others` fall and `beside`
    does not, the units became harder, or it is another one who drifts.
    """

    rater: Any
    windows: tuple[Window, ...]
    own: Trend
    others: Trend
    beside: Trend


def drift(
    ratings: Ratings, *, windows: int = WINDOWS, level: float = 0.95
) -> tuple[Drift, ...]:
    """One drift per rater, in the order of `ratings.rater_names`.

    `ratings.at` gives the order; ValueError without it. A rater with few shared units
    gets fewer windows than asked for, none below `LEAST_IN_WINDOW` units.
    """
    if ratings.at is None:
        raise ValueError("drift needs to know when each rating was made")
    if windows < 1:
        raise ValueError("at least one window is needed")
    own, others = agreement_with_others(ratings), _among_others(ratings)
    shared = np.flatnonzero(~np.isnan(own))
    order = shared[np.lexsort((ratings.at[shared], ratings.raters[shared]))]
    sizes = np.bincount(ratings.raters[order], minlength=ratings.n_raters)
    parts = np.split(order, np.cumsum(sizes))[:-1]
    return tuple(
        _drift(name, ratings.at[part], own[part], others[part], windows, level)
        for name, part in zip(ratings.rater_names.tolist(), parts, strict=True)
    )


def _among_others(ratings: Ratings) -> Floats:
    """Per rating the share of pairs of other ratings that agree; NaN below two."""
    others = ratings.others
    total = others.sum(axis=1)
    pairs = np.full(len(total), np.nan)
    same = (others * (others - 1)).sum(axis=1)
    agreeing: Floats = np.divide(same, total * (total - 1), out=pairs, where=total > 1)
    return agreeing


def _drift(
    name: Any, at: Names, own: Floats, others: Floats, windows: int, level: float
) -> Drift:
    ranks, known = ranks_of(at), ~np.isnan(others)
    return Drift(
        name,
        _windows(at, own, windows, level),
        trend(own, ranks, level=level),
        trend(others[known], ranks[known], level=level),
        trend((own - others)[known], ranks[known], level=level),
    )


def _windows(at: Names, own: Floats, windows: int, level: float) -> tuple[Window, ...]:
    wanted = min(windows, len(own) // LEAST_IN_WINDOW)
    if not wanted:
        return ()
    parts = np.array_split(np.arange(len(own)), wanted)
    return tuple(
        Window(at[part[0]], at[part[-1]], mean_share(own[part], level))
        for part in parts
    )
