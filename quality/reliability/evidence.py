"""The signs of a rater who does not look, each with its numbers in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quality.reliability.dawid_skene import DawidSkene, dawid_skene
from quality.reliability.intervals import Measured, normal
from quality.reliability.leave_one_out import leave_one_out
from quality.reliability.mace import mace
from quality.reliability.pace import Pace
from quality.reliability.ratings import Floats, Index, Ratings

#: Rows of a confusion matrix that rest on fewer ratings are not compared.
LEAST_PER_ROW: Final = 10
SAME_ROWS: Final = 0.05
GUESSING: Final = 0.3
#: Where even the middle rater is said to guess more than this, MACE has lost its way.
LEAST_MIDDLE: Final = 0.4
#: Agreement beyond chance below this part of the middle rater's stands out.
HALF: Final = 0.5
ONE_LABEL: Final = 0.95
#: So many other labels the others' use of them must promise, a fifth not exceeded.
PROMISED: Final = 10
KEPT: Final = 0.2
FAST: Final = 0.25
_SMOOTHING: Final = 0.1
_ENOUGH: Final = 1e-6
_ROUNDS: Final = 300
_LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign: `code` for programs, `sentence` for people."""

    code: str
    sentence: str


@dataclass(frozen=True, eq=False)
class Scores:
    """Per rater, (r,), NaN where there is none: the spammer score; mean competence and
    its upper bound; kappa with the others. And the others' label shares, (r, q)."""

    spammer: Floats
    competence: Floats
    highest: Floats
    kappas: tuple[Measured, ...]
    others: Floats

    @property
    def middle_kappa(self) -> float:
        """The median of the kappas there are; 0 without any."""
        known = [k.value for k in self.kappas if k.value is not None]
        return float(np.median(known)) if known else 0.0


def scores_of(ratings: Ratings) -> Scores:
    """Fit both models to `ratings`, whose raters all hang together."""
    fitted = mace(ratings, tolerance=_ENOUGH, rounds=_ROUNDS)
    model = dawid_skene(ratings, smoothing=_SMOOTHING, tolerance=_ENOUGH / 100)
    return Scores(
        spammer_scores(model),
        fitted.mean_competence,
        fitted.mean_competence + normal(_LEVEL) * fitted.competence_error,
        tuple(one.kappa for one in leave_one_out(ratings, level=_LEVEL)),
        _others(ratings),
    )


def spammer_scores(model: DawidSkene) -> Floats:
    """How far apart the rows of each confusion matrix are, (r,).

    Raykar and Yu (2012), JMLR 13, 491-518: the mean over pairs of true
    categories of half the squared distance of their rows. 0 for one who answers the
    same whatever the unit, 1 for one who is never wrong, and for one who always
    takes two for each other. What chance adds to a squared distance is taken off,
    so a spammer may fall below 0; rows below `LEAST_PER_ROW` ratings are left out.
    """
    return np.array([_spammer_score(counts) for counts in model.counts])


def told(
    ratings: Ratings,
    scores: Scores,
    rater: int,
    labels: Sequence[str],
    pace: Pace | None,
) -> Iterator[Evidence]:
    """The signs there are for the rater with index `rater`."""
    yield from _beside_others(scores, rater)
    if scores.spammer[rater] < SAME_ROWS:
        yield Evidence("same-answers", _same_answers(scores.spammer, rater))
    middle = float(np.median(scores.competence))
    if middle >= LEAST_MIDDLE and scores.highest[rater] < GUESSING:
        n = int(ratings.per_rater[rater])
        yield Evidence("guesses", _guesses(scores, rater, n, middle))
    yield from _one_label(ratings.rater_counts[rater], scores.others[rater], labels)
    if pace is not None and pace.fast.low is not None and pace.fast.low >= FAST:
        yield Evidence("fast", _fast(pace))


def _beside_others(scores: Scores, rater: int) -> Iterator[Evidence]:
    kappa, middle = scores.kappas[rater], scores.middle_kappa
    if kappa.high is None or kappa.high >= HALF * middle:
        return
    found = (
        f"kappa {kappa.value:.2f} on {kappa.n} units, at most {kappa.high:.2f}, where "
        f"the middle rater has {middle:.2f}"
    )
    if kappa.high < 0:
        yield Evidence(
            "contrary",
            f"Contradicts the others more often than chance would: {found}. The "
            "labels may be mixed up.",
        )
    else:
        yield Evidence(
            "by-chance",
            f"Agrees with the others hardly more than by chance: {found}.",
        )


def _one_label(
    counts: Index, others: Floats, labels: Sequence[str]
) -> Iterator[Evidence]:
    n, top = int(counts.sum()), int(counts.argmax())
    elsewhere = 1 - float(others[top])
    rest, promised = n - int(counts[top]), n * elsewhere
    if rest > (1 - ONE_LABEL) * n or promised < PROMISED or rest > KEPT * promised:
        return
    yield Evidence(
        "one-label",
        f"Chose “{labels[top]}” in {n - rest} of {n} ratings; on the same units "
        f"{elsewhere:.0%} of the others' ratings say something else.",
    )


def _spammer_score(counts: Floats) -> float:
    rows = counts[counts.sum(axis=1) >= LEAST_PER_ROW]
    n = rows.sum(axis=1)
    if len(n) < 2:
        return float("nan")
    rates = rows / n[:, None]
    noise = (1 - (rates * rates).sum(axis=1)) / (n - 1)
    one, other = np.triu_indices(len(n), 1)
    apart = ((rates[one] - rates[other]) ** 2).sum(axis=1)
    return float((apart - noise[one] - noise[other]).mean() / 2)


def _others(ratings: Ratings) -> Floats:
    """The label shares of the others on each rater's units, (r, q)."""
    others = ratings.others
    shares = others / others.sum(axis=1, keepdims=True)
    r = ratings.n_raters
    sums = [np.bincount(ratings.raters, column, r) for column in shares.T]
    means: Floats = np.stack(sums, axis=1) / ratings.per_rater[:, None]
    return means


def _same_answers(scores: Floats, rater: int) -> str:
    return (
        "Answers much the same whatever the unit: spammer score "
        f"{max(float(scores[rater]), 0.0):.2f} (0 never looks, 1 never errs), where "
        f"the middle rater has {float(np.nanmedian(scores)):.2f}."
    )


def _guesses(scores: Scores, rater: int, n: int, middle: float) -> str:
    return (
        f"Knew the answer on an estimated {scores.competence[rater]:.0%} of {n} "
        f"ratings, at most {scores.highest[rater]:.0%}, where the middle rater knew "
        f"{middle:.0%}."
    )


def _fast(pace: Pace) -> str:
    return (
        f"{pace.fast.value:.0%} of {pace.fast.n} ratings took under "
        f"{pace.threshold:.1f} seconds; the usual time is {pace.usual:.1f} seconds."
    )
