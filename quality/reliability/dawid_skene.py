"""Who confuses what with what, when nobody knows the truth: Dawid and Skene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from quality.reliability.folding import Folded, fold
from quality.reliability.ratings import Floats, Index, Names, Ratings, why_no_model

TOLERANCE: Final = 1e-10
ROUNDS: Final = 500
_FLOOR: Final = 1e-10


@dataclass(frozen=True, eq=False)
class DawidSkene:
    """A fitted model of n units, r raters and q categories.

    `posteriors` (n, q): how probable each category is to be the unit's true one.
    `confusion` (r, q, q): row t of a rater is what they say of units truly t.
    `counts` (r, q, q): how many of their ratings, in effect, stand behind each cell.
    `prior` (q,): the share of each true category. `log_likelihood` in nats.
    Consistency, not correctness: raters who all err alike become the truth.
    """

    unit_names: Names
    rater_names: Names
    posteriors: Floats
    confusion: Floats
    counts: Floats
    prior: Floats
    log_likelihood: float
    iterations: int
    converged: bool

    @property
    def labels(self) -> Index:
        """The most probable category of each unit, (n,); the first of equals."""
        best: Index = self.posteriors.argmax(axis=1)
        return best

    @property
    def reliability(self) -> Floats:
        """How probably each rater names the true category, (r,)."""
        right: Floats = np.einsum("k,gkk->g", self.prior, self.confusion)
        return right


def pseudo_counts(n_categories: int, *, ordered: bool = False) -> Floats:
    """One made-up right rating per true category and a tenth of each wrong one.

    Shape (q, q). On an `ordered` scale the neighbours get a half: one point off is
    a likelier slip. It keeps few ratings from being read as never or always.
    """
    away = np.abs(np.subtract.outer(range(n_categories), range(n_categories)))
    near = 0.5 if ordered else 0.1
    return np.where(away == 0, 1.0, np.where(away == 1, near, 0.1))


def dawid_skene(
    ratings: Ratings,
    *,
    smoothing: ArrayLike | None = None,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> DawidSkene:
    """Maximum a posteriori by EM; Dawid and Skene (1979), Applied Statistics 28, 20-28.

    Starts from each unit's vote shares (equation 3.1), then equations 2.3, 2.4 and
    2.5 in logarithms. `smoothing` (q, q), or one number for all cells, is added to
    every rater's confusion counts: `pseudo_counts` unless given, 0 is maximum
    likelihood. Stops when what is maximised changes by less than `tolerance` of
    itself. ValueError gives the reason why there is no model.
    """
    if reason := why_no_model(ratings):
        raise ValueError(reason)
    extra = _smoothing(smoothing, ratings.n_categories)
    folded = fold(ratings)
    posteriors = folded.vote_shares
    before, done, done_rounds = -np.inf, False, 0
    while not done and done_rounds < rounds:
        prior, confusion, counts = _maximise(folded, posteriors, extra)
        posteriors, likelihood = _expect(folded, prior, confusion)
        reached = likelihood + float((extra * np.log(confusion)).sum())
        done = abs(reached - before) < tolerance * abs(reached)
        before = reached
        done_rounds += 1
    return DawidSkene(
        ratings.unit_names,
        ratings.rater_names,
        posteriors.T[folded.of_unit],
        confusion,
        counts,
        prior,
        likelihood,
        done_rounds,
        done,
    )


def _smoothing(given: ArrayLike | None, q: int) -> Floats:
    extra = pseudo_counts(q) if given is None else np.asarray(given, np.float64)
    if extra.shape not in ((), (q, q)):
        raise ValueError(f"smoothing is one number or ({q}, {q}), not {extra.shape}")
    if not np.isfinite(extra).all() or (extra < 0).any():
        raise ValueError("smoothing adds counts, which are not negative")
    return np.broadcast_to(extra, (q, q))


def _maximise(
    folded: Folded, posteriors: Floats, extra: Floats
) -> tuple[Floats, Floats, Floats]:
    """Prior (q,), confusion (r, q, q) and effective counts (r, q, q)."""
    r, q = folded.ratings.n_raters, folded.ratings.n_categories
    cells, per_unit = folded.cells, folded.ratings.per_unit
    mass = posteriors * folded.times
    counts = np.empty((r, q, q))
    for true, row in enumerate(mass):
        said = np.bincount(cells, np.repeat(row, per_unit), minlength=r * q)
        counts[:, true] = said.reshape(r, q)
    smoothed = counts + extra
    totals = smoothed.sum(axis=2, keepdims=True)
    even = np.full_like(counts, 1 / q)
    confusion = np.divide(smoothed, totals, out=even, where=totals > 0)
    prior = mass.sum(axis=1) / folded.times.sum()
    return prior, np.maximum(confusion, _FLOOR), counts


def _expect(folded: Folded, prior: Floats, confusion: Floats) -> tuple[Floats, float]:
    """Posteriors (q, m) and the log likelihood."""
    ratings, cells = folded.ratings, folded.cells
    logs = np.log(confusion)
    joint = np.empty((ratings.n_categories, ratings.n_units))
    with np.errstate(divide="ignore"):
        shares = np.log(prior)
    for true, share in enumerate(shares):
        per_rating = logs[:, true].ravel()[cells]
        joint[true] = np.bincount(ratings.units, per_rating)
        joint[true] += share
    return normalised(joint, folded.times)


def normalised(joint: Floats, times: Floats) -> tuple[Floats, float]:
    """Logarithms (q, m) to shares that sum to 1 per column, and their log total."""
    highest = joint.max(axis=0)
    shares = np.exp(joint - highest)
    totals = shares.sum(axis=0)
    return shares / totals, float((np.log(totals) + highest) @ times)
