import json
from pathlib import Path

import numpy as np
import pytest

from quality.reliability import Ratings, mace
from quality.reliability.folding import fold
from quality.reliability.mace import _posteriors, _State
from tests.quality.reliability.simulated import crew

CASE = next(
    entry
    for entry in json.loads(
        (Path(__file__).parents[1] / "agreement_cases.json").read_text()
    )["annotator_reliability"]
    if entry["model"] == "mace_vb"
)
COLUMNS = np.array(CASE["triples_item_rater_label_0based"]).T


def test_the_case_gives_its_competences_and_labels() -> None:
    ratings = Ratings.from_columns(*COLUMNS, 3)
    model, expected = mace(ratings), CASE["expected"]
    close = {"abs": CASE["tolerance"], "rel": 0}
    assert model.converged
    assert model.competence == pytest.approx(expected["competence"], **close)
    assert model.labels.tolist() == expected["map_labels"]
    state = _State(model.knowing, model.guessing)
    unnormalised = expected["competence_unnormalised"]
    assert state.factors[0] == pytest.approx(unnormalised, **close)
    total = _posteriors(fold(ratings), state)[1]
    wanted = expected["log_likelihood_of_exp_digamma_params"]
    assert total == pytest.approx(wanted, abs=CASE["tolerance"])


def test_row_order_changes_no_bit() -> None:
    mixed = np.random.default_rng(2).permutation(COLUMNS.shape[1])
    one = mace(Ratings.from_columns(*COLUMNS, 3))
    other = mace(Ratings.from_columns(*COLUMNS[:, mixed], 3))
    assert (one.competence == other.competence).all()
    assert (one.posteriors == other.posteriors).all()


def test_starts_differ_and_one_seed_repeats_them() -> None:
    ratings = Ratings.from_columns(*COLUMNS, 3)
    one, again, other = mace(ratings), mace(ratings), mace(ratings, seed=1)
    assert len(set(one.bounds.tolist())) == len(one.bounds)
    assert (one.bounds == again.bounds).all()
    assert one.bounds[0] == other.bounds[0]
    assert not (one.bounds[1:] == other.bounds[1:]).any()
    assert other.competence == pytest.approx(one.competence, abs=1e-5)


def test_the_bound_never_falls() -> None:
    ratings = crew(1, accuracy=(0.9, 0.8, 0.4, 0.6)).ratings
    reached = [mace(ratings, starts=1, rounds=k).bound for k in range(1, 40)]
    assert (np.diff(reached) > -1e-9).all()
    assert reached[0] > mace(ratings, starts=1).bounds[0]


def test_knowing_shares_are_found_again() -> None:
    # Accuracy a with uniform errors over 3 labels is knowing (3a - 1)/2, else guessing.
    accuracy = (0.95, 0.9, 0.8, 0.6, 1 / 3)
    made = crew(2, units=3000, accuracy=accuracy, prevalence=(1 / 3, 1 / 3, 1 / 3))
    model = mace(made.ratings)
    knows = (3 * made.accuracy - 1) / 2
    assert model.mean_competence == pytest.approx(knows, abs=0.06)
    assert (model.competence_error < 0.02).all()
    assert model.competence == pytest.approx(model.mean_competence, abs=0.002)


def test_entropy_is_high_where_the_raters_leave_a_unit_open() -> None:
    made = crew(3, accuracy=(0.85,) * 6, per_unit=3)
    model = mace(made.ratings)
    unanimous = made.ratings.unit_counts.max(axis=1) == 3
    split = made.ratings.unit_counts.max(axis=1) == 1
    assert model.entropy[unanimous].max() < model.entropy[split].min()
    assert model.entropy.min() >= 0
    assert model.entropy.max() <= np.log(3) + 1e-12


def test_renaming_categories_renames_the_answer() -> None:
    turn = np.array([1, 2, 0])
    one = mace(Ratings.from_columns(*COLUMNS, 3))
    turned = Ratings.from_columns(COLUMNS[0], COLUMNS[1], turn[COLUMNS[2]], 3)
    other = mace(turned)
    assert other.competence == pytest.approx(one.competence, abs=1e-6)
    assert other.posteriors[:, turn] == pytest.approx(one.posteriors, abs=1e-5)


def test_many_ratings_of_a_unit_do_not_underflow() -> None:
    made = crew(4, units=30, per_unit=400, accuracy=(0.6,) * 400)
    model = mace(made.ratings)
    assert np.isfinite(model.bound)
    assert (model.labels == made.truth).all()


def test_what_makes_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit with two ratings"):
        mace(Ratings.from_columns([1, 2], [1, 2], [0, 1], 2))
    with pytest.raises(ValueError, match="at least one start"):
        mace(crew(1).ratings, starts=0)
