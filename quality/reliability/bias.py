"""Who judges higher than the others, and who uses which label how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from quality.reliability.intervals import Measured, difference, missing, share
from quality.reliability.leave_one_out import NO_SHARED
from quality.reliability.ratings import Floats, Ratings

ONE_POINT: Final = "single-category scale"


@dataclass(frozen=True, slots=True)
class Severity:
    """How far above (or below, if negative) the others a rater judges, in points."""

    rater: Any
    bias: Measured


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A rater's share of each category, over all ratings and where others rated too.

    `own` (q,) with intervals, over all the rater's ratings. `own_shared` and
    `others_shared` (q,) are the rater's and the others' on the `n_shared` shared
    units, empty without one. `distance` is half the sum of their differences: 0 the
    same use, 1 no category in common.
    """

    rater: Any
    own: tuple[Measured, ...]
    n_shared: int
    own_shared: tuple[float, ...]
    others_shared: tuple[float, ...]
    distance: float | None


def severity(
    ratings: Ratings, *, values: ArrayLike | None = None, level: float = 0.95
) -> tuple[Severity, ...]:
    """Mean signed difference to the others' mean on the same units, per rater.

    `values` (q,) are the categories' points, 0, 1, 2, ... unless given; the scale must
    be ordered or yes-or-no. Units weigh alike; the others are taken as they are.
    """
    points = _points(values, ratings.n_categories)
    widest = float(points.max() - points.min())
    if not widest:
        reason = missing(ONE_POINT, 0, level)
        return tuple(Severity(name, reason) for name in ratings.rater_names.tolist())
    others = ratings.others
    total = others.sum(axis=1)
    keep = total > 0
    gap = points[ratings.labels[keep]] - others[keep] @ points / total[keep]
    n, means, spreads = per_rater(ratings.raters[keep], gap, ratings.n_raters)
    return tuple(
        Severity(
            name,
            difference(float(mean), float(spread), int(count), widest, level)
            if count
            else missing(NO_SHARED, 0, level),
        )
        for name, count, mean, spread in zip(
            ratings.rater_names.tolist(), n, means, spreads, strict=True
        )
    )


def label_use(ratings: Ratings, *, level: float = 0.95) -> tuple[LabelUse, ...]:
    """The label shares of each rater, in the order of `ratings.rater_names`."""
    others = ratings.others
    total = others.sum(axis=1)
    keep = total > 0
    raters, labels = ratings.raters[keep], ratings.labels[keep]
    r, q = ratings.n_raters, ratings.n_categories
    n_shared = np.bincount(raters, minlength=r)
    own = np.bincount(raters * q + labels, minlength=r * q).reshape(r, q)
    shares = others[keep] / total[keep, None]
    theirs = np.stack([np.bincount(raters, column, r) for column in shares.T], axis=1)
    return tuple(
        _use(name, counts, int(n), mine, other, level)
        for name, counts, n, mine, other in zip(
            ratings.rater_names.tolist(),
            ratings.rater_counts,
            n_shared,
            own,
            theirs,
            strict=True,
        )
    )


def per_rater(
    raters: np.ndarray[Any, Any], values: Floats, n_raters: int
) -> tuple[Floats, Floats, Floats]:
    """Number, mean and standard deviation of each rater's values, (r,) each."""
    n = np.bincount(raters, minlength=n_raters).astype(np.float64)
    means = np.bincount(raters, values, n_raters) / np.maximum(n, 1)
    squares = np.bincount(raters, (values - means[raters]) ** 2, n_raters)
    return n, means, np.sqrt(squares / np.maximum(n - 1, 1))


def _points(values: ArrayLike | None, q: int) -> Floats:
    points = np.arange(q) if values is None else np.asarray(values)
    if points.shape != (q,) or not np.isfinite(points).all():
        raise ValueError(f"values are {q} numbers, one per category")
    return points.astype(np.float64)


def _use(
    name: Any,
    counts: np.ndarray[Any, Any],
    n_shared: int,
    own: np.ndarray[Any, Any],
    others: Floats,
    level: float,
) -> LabelUse:
    n = int(counts.sum())
    shares = tuple(_label_share(int(count), n, level) for count in counts)
    if not n_shared:
        return LabelUse(name, shares, 0, (), (), None)
    mine, theirs = own / n_shared, others / n_shared
    return LabelUse(
        name,
        shares,
        n_shared,
        tuple(mine.tolist()),
        tuple(theirs.tolist()),
        float(np.abs(mine - theirs).sum() / 2),
    )


def _label_share(count: int, n: int, level: float) -> Measured:
    mean = count / n
    spread = np.sqrt(mean * (1 - mean) * n / max(n - 1, 1))
    return share(mean, float(spread), n, level)
