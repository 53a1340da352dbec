"""Who knows and who guesses: MACE, by variational Bayes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from quality.reliability.dawid_skene import normalised
from quality.reliability.folding import Folded, fold
from quality.reliability.gamma import digamma, dirichlet_divergence
from quality.reliability.ratings import Floats, Index, Names, Ratings, why_no_model

KNOWING: Final = 0.5
GUESSING: Final = 0.5
STRATEGY: Final = 10.0
TOLERANCE: Final = 1e-8
ROUNDS: Final = 1000
STARTS: Final = 4
# Rounds after which the best start is told apart from the others.
_TRIAL: Final = 10


@dataclass(frozen=True, eq=False)
class Mace:
    """A fitted model of n units, r raters and q categories.

    `competence` (r,): the share of ratings a rater gave knowing the answer rather
    than guessing, 0 to 1. `knowing` and `guessing` (r, q): the effective counts of
    either kind per category chosen. `posteriors` (n, q) of the true category, and
    their `entropy` (n,) in nats: high where the raters leave a unit open. `bound` is
    what was maximised, `bounds` (starts,) what each start had reached after its
    trial. Consistency, not correctness: raters who all err alike become the truth.
    """

    unit_names: Names
    rater_names: Names
    posteriors: Floats
    competence: Floats
    knowing: Floats
    guessing: Floats
    bound: float
    bounds: Floats
    iterations: int
    converged: bool

    @property
    def labels(self) -> Index:
        """The most probable category of each unit, (n,); the first of equals."""
        best: Index = self.posteriors.argmax(axis=1)
        return best

    @property
    def entropy(self) -> Floats:
        logs = np.log(np.maximum(self.posteriors, 1e-300))
        left_open: Floats = -(self.posteriors * logs).sum(axis=1)
        return np.maximum(left_open, 0.0)

    @property
    def mean_competence(self) -> Floats:
        """The mean of each competence's Beta posterior, (r,)."""
        knowing, guessing = self._beta()
        return knowing / (knowing + guessing)

    @property
    def competence_error(self) -> Floats:
        """The standard deviation of each competence's Beta posterior, (r,)."""
        knowing, guessing = self._beta()
        total = knowing + guessing
        return np.sqrt(knowing * guessing / (total * total * (total + 1)))

    def _beta(self) -> tuple[Floats, Floats]:
        return self.knowing.sum(axis=1) + KNOWING, self.guessing.sum(axis=1) + GUESSING


@dataclass(frozen=True, eq=False)
class _State:
    """Expected counts per rater and category, (r, q) each."""

    knowing: Floats
    guessing: Floats

    @cached_property
    def skill(self) -> Floats:
        """E log of guessing and of knowing, up to what both share, (2, r)."""
        sums = [
            self.guessing.sum(axis=1) + GUESSING,
            self.knowing.sum(axis=1) + KNOWING,
        ]
        return digamma(np.stack(sums))

    @cached_property
    def factors(self) -> tuple[Floats, Floats]:
        """exp E log of knowing (r,) and of guessing each category (r, q)."""
        total = (self.guessing + self.knowing).sum(axis=1) + GUESSING + KNOWING
        guesses, knows = np.exp(self.skill - digamma(total))
        strategy = self.guessing + STRATEGY
        choice = digamma(strategy) - digamma(strategy.sum(axis=1))[:, None]
        return knows, guesses[:, None] * np.exp(choice)

    def competence(self) -> Floats:
        """The share of knowing in what E log leaves of both, (r,)."""
        guesses, knows = self.skill
        share: Floats = 1 / (1 + np.exp(guesses - knows))
        return share

    def divergence(self) -> float:
        """How far the posteriors of the parameters are from their priors."""
        sums = np.stack([self.knowing.sum(axis=1), self.guessing.sum(axis=1)], axis=1)
        prior = np.array([KNOWING, GUESSING])
        skill = dirichlet_divergence(sums + prior, np.broadcast_to(prior, sums.shape))
        flat = np.full_like(self.guessing, STRATEGY)
        strategy = dirichlet_divergence(self.guessing + flat, flat)
        return float(skill.sum() + strategy.sum())


def mace(
    ratings: Ratings,
    *,
    starts: int = STARTS,
    seed: int = 0,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Mace:
    """Hovy, Berg-Kirkpatrick, Vaswani and Hovy (2013), NAACL-HLT, 1120-1130.

    Variational Bayes with their priors: Beta(0.5, 0.5) on knowing, Dirichlet(10) on
    what a guesser says. The first start trusts everybody alike; the others draw how
    far each rater is trusted from `seed`. Each runs a short trial, the one with the
    highest bound runs on until no competence changes by more than `tolerance`.
    ValueError gives the reason why there is no model.
    """
    if reason := why_no_model(ratings):
        raise ValueError(reason)
    if starts < 1:
        raise ValueError("at least one start is needed")
    folded = fold(ratings)
    trials = []
    for state in _starts(folded.rater_counts, starts, seed):
        state = _run(folded, state, tolerance, _TRIAL)[0]
        trials.append((state, _bound(folded, state)))
    bounds = np.array([bound for _, bound in trials])
    best = trials[int(bounds.argmax())][0]
    state, iterations, converged = _run(folded, best, tolerance, rounds)
    return Mace(
        ratings.unit_names,
        ratings.rater_names,
        _posteriors(folded, state)[0].T[folded.of_unit],
        state.competence(),
        state.knowing,
        state.guessing,
        _bound(folded, state),
        bounds,
        iterations + _TRIAL,
        converged,
    )


def _starts(counts: Floats, starts: int, seed: int) -> Iterator[_State]:
    rng = np.random.default_rng(seed)
    yield _State(counts / 2, counts / 2)
    for _ in range(starts - 1):
        trust = rng.random((len(counts), 1))
        yield _State(counts * trust, counts * (1 - trust))


def _run(
    folded: Folded, state: _State, tolerance: float, rounds: int
) -> tuple[_State, int, bool]:
    competence = state.competence()
    for iteration in range(1, rounds + 1):
        state = _step(folded, state)
        before, competence = competence, state.competence()
        if np.abs(competence - before).max() < tolerance:
            return state, iteration, True
    return state, rounds, False


def _step(folded: Folded, state: _State) -> _State:
    """One round: the truth given the raters, then the raters given the truth."""
    posteriors, _ = _posteriors(folded, state)
    know, guess = state.factors
    informed = know[:, None] / (know[:, None] + guess)
    hit = (posteriors * folded.times).ravel()[folded.places]
    matched = np.bincount(folded.cells, hit, minlength=guess.size)
    knowing = matched.reshape(guess.shape) * informed
    return _State(knowing, np.maximum(folded.rater_counts - knowing, 0.0))


def _posteriors(folded: Folded, state: _State) -> tuple[Floats, float]:
    """Posteriors (q, m) and the log of what they were divided by.

    All categories share the product of the guesses; the ones chosen gain on it.
    """
    q, m = folded.ratings.n_categories, folded.ratings.n_units
    know, guess = state.factors
    gain = np.log1p(know[:, None] / guess).ravel()[folded.cells]
    joint: Floats = np.bincount(folded.places, gain, q * m).astype(np.float64)
    shares, total = normalised(joint.reshape(q, m), folded.times)
    alike = float((folded.rater_counts * np.log(guess)).sum())
    return shares, total + alike - float(folded.times.sum() * np.log(q))


def _bound(folded: Folded, state: _State) -> float:
    """The variational lower bound on the log evidence."""
    return _posteriors(folded, state)[1] - state.divergence()
