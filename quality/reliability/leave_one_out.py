"""Each rater against all the others, on the units they share."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np

from quality.reliability.intervals import Measured, corrected, missing, share
from quality.reliability.ratings import Floats, Ratings

NO_SHARED: Final = "rated no unit that anybody else rated"
NO_MAJORITY: Final = "the others have no single favourite on any shared unit"
NO_VARIATION: Final = "no variation: rater and others use one and the same category"


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """How one rater agrees with the others, who are taken as they are.

    `agreement`: the share of the other ratings of a unit that say what the rater
    says, averaged over shared units. `majority`: the share of units where the rater
    says what most others say; units where these are tied are left out. `kappa`:
    `agreement` above what the rater's and the others' label shares give by chance;
    with one other rater this is Cohen's.
    """

    rater: Any
    agreement: Measured
    majority: Measured
    kappa: Measured


def leave_one_out(ratings: Ratings, *, level: float = 0.95) -> tuple[LeaveOneOut, ...]:
    """One comparison per rater, in the order of `ratings.rater_names`.

    Intervals take the units as the sample and hold the other raters fixed.
    """
    with_others = np.flatnonzero(ratings.per_unit[ratings.units] > 1)
    others = ratings.others[with_others]
    labels, raters = ratings.labels[with_others], ratings.raters[with_others]
    order = np.argsort(raters, kind="stable")
    ends = np.cumsum(np.bincount(raters, minlength=ratings.n_raters))
    parts = np.split(order, ends)[:-1]
    return tuple(
        _compared(name, labels[part], others[part], level)
        for name, part in zip(ratings.rater_names.tolist(), parts, strict=True)
    )


def agreement_with_others(ratings: Ratings) -> Floats:
    """Per rating the share of the unit's other ratings that agree; NaN alone, (R,)."""
    others = ratings.others
    same = np.take_along_axis(others, ratings.labels[:, None], axis=1)[:, 0]
    total = others.sum(axis=1)
    alone = np.full(len(total), np.nan)
    agreeing: Floats = np.divide(same, total, out=alone, where=total > 0)
    return agreeing


def _compared(
    name: Any, labels: np.ndarray[Any, Any], others: np.ndarray[Any, Any], level: float
) -> LeaveOneOut:
    n = len(labels)
    if not n:
        nothing = missing(NO_SHARED, 0, level)
        return LeaveOneOut(name, nothing, nothing, nothing)
    shares = others / others.sum(axis=1, keepdims=True)
    same = shares[np.arange(n), labels]
    return LeaveOneOut(
        name,
        mean_share(same, level),
        _majority(labels, others, level),
        _kappa(labels, shares, same, level),
    )


def mean_share(values: Floats, level: float) -> Measured:
    """The mean of values within 0 and 1, one per unit."""
    n = len(values)
    spread = float(values.std(ddof=1)) if n > 1 else 0.0
    return share(float(values.mean()), spread, n, level)


def _majority(
    labels: np.ndarray[Any, Any], others: np.ndarray[Any, Any], level: float
) -> Measured:
    highest = others.max(axis=1)
    clear = (others == highest[:, None]).sum(axis=1) == 1
    if not clear.any():
        return missing(NO_MAJORITY, 0, level)
    hits = others[clear].argmax(axis=1) == labels[clear]
    return mean_share(hits.astype(np.float64), level)


def _kappa(
    labels: np.ndarray[Any, Any], shares: Floats, same: Floats, level: float
) -> Measured:
    """(seen - chance) / (1 - chance), its error linearised in the weight of a unit."""
    n, q = shares.shape
    own = np.bincount(labels, minlength=q) / n
    theirs = shares.mean(axis=0)
    seen, chance = float(same.mean()), float(own @ theirs)
    if 1 - chance < 1e-12:
        return missing(NO_VARIATION, n, level)
    value = (seen - chance) / (1 - chance)
    shift = theirs[labels] + shares @ own - 2 * chance
    influence = (same - seen - (1 - value) * shift) / (1 - chance)
    error = sqrt(float(influence @ influence) / (n * max(n - 1, 1)))
    return corrected(value, error, n, level)
