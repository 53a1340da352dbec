"""Who seems not to look at the units, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quality.reliability.connectedness import connectedness
from quality.reliability.evidence import Evidence, Scores, scores_of, told
from quality.reliability.pace import Pace
from quality.reliability.ratings import Ratings, why_no_model

#: Fewer ratings of shared units than this never make a flag.
LEAST_RATINGS: Final = 50
LEAST_RATERS: Final = 3
#: Where the middle rater's kappa with the others is lower, nobody stands out.
LEAST_MIDDLE: Final = 0.2
#: One oddity has innocent reasons; so many together hardly have.
NEEDED: Final = 2
#: At least one sign must come from the ratings set beside the others' themselves.
DIRECT: Final = ("by-chance", "one-label")

TOO_FEW_RATERS: Final = (
    f"Too few raters to tell: it takes {LEAST_RATERS} who share units with each other."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one rater from `n` ratings of shared units.

    `flagged` when `NEEDED` signs or more came together, a `DIRECT` one among them;
    `evidence` lists them either way. `cannot_tell` says why there is no verdict, "" when there is.
    A flag is a reason to look at the ratings, not proof.
    """

    rater: Any
    n: int
    flagged: bool
    evidence: tuple[Evidence, ...]
    cannot_tell: str = ""


def spammers(
    ratings: Ratings,
    *,
    categories: Sequence[str] | None = None,
    paces: Sequence[Pace] = (),
) -> tuple[Verdict, ...]:
    """One verdict per rater, in the order of `ratings.rater_names`.

    Only units with two ratings or more count. Raters who share no unit are judged
    apart. `categories` (q,) are the labels to print; `paces` adds the raters' times.
    """
    labels = _labels(categories, ratings.n_categories)
    by_name = {pace.rater: pace for pace in paces}
    shared = ratings.shared()
    found: dict[Any, Verdict] = {}
    for group in connectedness(shared).components:
        within = shared.where(np.isin(shared.rater_names, group)[shared.raters])
        found |= {v.rater: v for v in _verdicts(within, labels, by_name)}
    nobody = f"Too few ratings to tell: 0 of shared units, {LEAST_RATINGS} are needed."
    return tuple(
        found.get(name, Verdict(name, 0, False, (), nobody))
        for name in ratings.rater_names.tolist()
    )


def _verdicts(
    ratings: Ratings, labels: Sequence[str], paces: dict[Any, Pace]
) -> Iterator[Verdict]:
    names, per_rater = ratings.rater_names.tolist(), ratings.per_rater.tolist()
    scores, reason = None, TOO_FEW_RATERS
    if ratings.n_raters >= LEAST_RATERS and not (reason := why_no_model(ratings)):
        scores = scores_of(ratings)
        reason = _why_nobody_stands_out(scores)
    for rater, (name, n) in enumerate(zip(names, per_rater, strict=True)):
        if scores is None or reason:
            yield Verdict(name, n, False, (), reason)
        elif n < LEAST_RATINGS:
            yield Verdict(name, n, False, (), _few(n))
        else:
            evidence = tuple(told(ratings, scores, rater, labels, paces.get(name)))
            yield Verdict(name, n, _enough(evidence), evidence)


def _enough(evidence: tuple[Evidence, ...]) -> bool:
    direct = any(sign.code in DIRECT for sign in evidence)
    return direct and len(evidence) >= NEEDED


def _why_nobody_stands_out(scores: Scores) -> str:
    if scores.middle_kappa >= LEAST_MIDDLE:
        return ""
    return (
        "The raters agree too little to tell: the middle one has kappa "
        f"{scores.middle_kappa:.2f} with the others."
    )


def _few(n: int) -> str:
    return f"Too few ratings to tell: {n} of shared units, {LEAST_RATINGS} are needed."


def _labels(categories: Sequence[str] | None, q: int) -> tuple[str, ...]:
    if categories is None:
        return tuple(f"category {k + 1}" for k in range(q))
    if len(categories) != q:
        raise ValueError(f"{q} categories need {q} labels, not {len(categories)}")
    return tuple(categories)
