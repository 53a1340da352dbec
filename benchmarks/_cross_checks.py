"""Random tables with gaps, and what other packages say of them beside what we say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import krippendorff
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from quality.agreement import (
    METRICS,
    Estimate,
    Inference,
    PairTable,
    PatternTable,
    Weighting,
    cohen_kappa,
)
from quality.agreement.inference import IRRCAC

Labels = NDArray[np.int64]
Counts = NDArray[np.int64]

LEVELS: Final = ("nominal", "ordinal", "interval", "ratio")
#: Our weights, and what scikit-learn and statsmodels call them.
WEIGHTS: Final = {"identity": None, "linear": "linear", "quadratic": "quadratic"}


@dataclass(frozen=True, slots=True)
class Answers:
    """One statistic of one table: what it is, whose, ours and theirs."""

    package: str
    what: str
    ours: float
    theirs: float

    @property
    def apart(self) -> float:
        """How far apart they are; without end where theirs is no number."""
        gap = abs(self.ours - self.theirs)
        return gap if np.isfinite(gap) else float("inf")


def studies(count: int, seed: int) -> Iterator[tuple[Labels, int]]:
    """Labels (items, raters), -1 where missing, of any skew, and the categories."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        n, r = int(rng.integers(3, 25)), int(rng.integers(2, 6))
        q = int(rng.integers(2, 6))
        truth = rng.choice(q, size=(n, 1), p=rng.dirichlet(np.full(q, 0.7)))
        guesses = rng.integers(0, q, (n, r))
        labels = np.where(rng.random((n, r)) < rng.random(), truth, guesses)
        labels[rng.random((n, r)) < rng.choice([0.0, 0.2, 0.6])] = -1
        yield labels, q


def counts(labels: Labels, q: int) -> Counts:
    """How often each item got each category, (items, q)."""
    return np.stack([(labels == k).sum(axis=1) for k in range(q)], axis=1)


def names(q: int) -> tuple[str, ...]:
    """Labels for `q` categories."""
    return tuple(f"c{k}" for k in range(q))


def compared(labels: Labels, q: int) -> Iterator[Answers]:
    """Every answer that a package and we both have; none where ours is undefined."""
    yield from _alphas(labels, q)
    pair = labels[(labels[:, :2] >= 0).all(axis=1), :2]
    if len(pair):
        yield from _cohens(pair, q)
    yield from _fleiss(counts(labels, q), q)


def _alphas(labels: Labels, q: int) -> Iterator[Answers]:
    rows = counts(labels, q)
    table = PatternTable.from_counts(rows, names(q))
    # Category k has the value k + 1, as it has with us.
    matrix = np.where(labels < 0, np.nan, labels + 1.0).T
    forms: dict[str, dict[str, Any]] = {
        "counts": {"value_counts": rows},
        "matrix": {"reliability_data": matrix},
    }
    for level in LEVELS:
        found = METRICS[f"krippendorff-alpha-{level}/1"](table).value
        if found is None:
            continue
        for form, given in forms.items():
            theirs = krippendorff.alpha(
                **given, value_domain=list(range(1, q + 1)), level_of_measurement=level
            )
            yield Answers("krippendorff", f"{level}, {form}", found, float(theirs))


def _cohens(pair: Labels, q: int) -> Iterator[Answers]:
    table = PairTable.from_labels(pair[:, 0], pair[:, 1], names(q))
    for kind, called in WEIGHTS.items():
        found = cohen_kappa(table, Weighting(kind), how=Inference(error=IRRCAC))
        if found.value is None:
            continue
        what = f"Cohen, {kind}"
        theirs = cohen_kappa_score(*pair.T, labels=np.arange(q), weights=called)
        yield Answers("scikit-learn", what, found.value, float(theirs))
        # Of equal labels it also prints the root of a negative error, and what follows.
        with np.errstate(invalid="ignore", divide="ignore"):
            answer = cohens_kappa(table.confusion, wt=called)
        yield Answers("statsmodels", what, found.value, float(answer.kappa))
        if table.n_items > 1:
            variance = float(answer.var_kappa)
            yield Answers(
                "statsmodels", f"{what}, variance", _variance(found), variance
            )


def _variance(found: Estimate) -> float:
    return (found.standard_error or 0.0) ** 2


def _fleiss(rows: Counts, q: int) -> Iterator[Answers]:
    """statsmodels takes items of one number of ratings: here the commonest above 1."""
    ratings = rows.sum(axis=1)
    if not (ratings > 1).any():
        return
    alike = rows[ratings == np.bincount(ratings[ratings > 1]).argmax()]
    table = PatternTable.from_counts(alike, names(q))
    for name, method in (("fleiss-kappa/1", "fleiss"), ("brennan-prediger/1", "rand")):
        found = METRICS[name](table).value
        if found is not None:
            theirs = float(fleiss_kappa(alike, method=method))
            yield Answers("statsmodels", name.removesuffix("/1"), found, theirs)
