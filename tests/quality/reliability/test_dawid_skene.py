import json
from pathlib import Path

import numpy as np
import pytest

from quality.reliability import Ratings, dawid_skene, folding, pseudo_counts
from tests.quality.reliability.simulated import crew

CASE = next(
    entry
    for entry in json.loads(
        (Path(__file__).parents[1] / "agreement_cases.json").read_text()
    )["annotator_reliability"]
    if entry["model"] == "dawid_skene"
)


def anaesthetists() -> Ratings:
    columns = np.array(CASE["triples_item_rater_label_0based"]).T
    return Ratings.from_columns(*columns, 4, repeats=True)


def test_the_anaesthetists_give_the_published_model() -> None:
    model, expected = dawid_skene(anaesthetists(), smoothing=0), CASE["expected"]
    close = {"abs": CASE["tolerance"], "rel": 0}
    assert model.converged
    assert model.prior == pytest.approx(expected["class_priors"], **close)
    assert model.prior.round(2).tolist() == CASE["published"]["class_priors"]
    assert model.log_likelihood == pytest.approx(expected["log_likelihood"], **close)
    confusion = np.array(expected["confusion_rater_true_observed"])
    assert model.confusion == pytest.approx(confusion, **close)
    reliability = expected["rater_accuracy_prior_weighted"]
    assert model.reliability == pytest.approx(reliability, **close)
    assert model.labels.tolist() == expected["map_labels"]
    first = np.array(expected["posterior_first_10_items"])
    assert model.posteriors[:10] == pytest.approx(first, **close)


def test_known_confusions_are_found_again() -> None:
    made = crew(3, units=3000, accuracy=(0.95, 0.9, 0.85, 0.7, 0.6))
    model = dawid_skene(made.ratings)
    diagonal = np.diagonal(model.confusion, axis1=1, axis2=2)
    assert diagonal == pytest.approx(np.tile(made.accuracy[:, None], 3), abs=0.07)
    assert model.prior == pytest.approx([0.5, 0.3, 0.2], abs=0.03)
    votes = (made.ratings.unit_counts.argmax(axis=1) == made.truth).mean()
    assert (model.labels == made.truth).mean() > votes


def test_folding_changes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = crew(4, units=200, accuracy=(0.9, 0.8, 0.7)).ratings
    folded = dawid_skene(ratings)
    monkeypatch.setattr(folding, "_WORD", 0)
    plain = dawid_skene(ratings)
    assert plain.posteriors == pytest.approx(folded.posteriors, abs=1e-10)
    assert plain.confusion == pytest.approx(folded.confusion, abs=1e-10)
    assert plain.log_likelihood == pytest.approx(folded.log_likelihood, abs=1e-9)


def test_the_likelihood_never_falls() -> None:
    ratings = crew(5, accuracy=(0.8, 0.6, 0.5, 0.7), units=150).ratings
    reached = [
        dawid_skene(ratings, smoothing=0, rounds=k).log_likelihood for k in range(1, 40)
    ]
    assert (np.diff(reached) > -1e-9).all()


def test_row_order_changes_no_bit() -> None:
    made = crew(6)
    mixed = np.random.default_rng(1).permutation(len(made.units))
    again = Ratings.from_columns(
        made.units[mixed], made.raters[mixed], made.labels[mixed], 3
    )
    one, other = dawid_skene(made.ratings), dawid_skene(again)
    assert (one.posteriors == other.posteriors).all()
    assert (one.confusion == other.confusion).all()


def test_renaming_categories_and_raters_renames_the_answer() -> None:
    made = crew(7)
    turn = np.array([2, 0, 1])
    turned = Ratings.from_columns(made.units, 7 - made.raters, turn[made.labels], 3)
    one, other = dawid_skene(made.ratings), dawid_skene(turned)
    assert other.posteriors[:, turn] == pytest.approx(one.posteriors, abs=1e-6)
    moved = other.confusion[::-1][:, turn][:, :, turn]
    assert moved == pytest.approx(one.confusion, abs=1e-6)


def test_smoothing_keeps_few_ratings_from_meaning_never() -> None:
    ratings = Ratings.from_columns([1, 1, 1, 2, 2, 2], [1, 2, 3] * 2, [0] * 6, 2)
    bare = dawid_skene(ratings, smoothing=0)
    model = dawid_skene(ratings)
    assert bare.confusion[0, 0] == pytest.approx([1, 0], abs=1e-9)
    assert model.confusion[0, 0] == pytest.approx([3 / 3.1, 0.1 / 3.1])
    assert model.counts[0].tolist() == [[2, 0], [0, 0]]
    assert model.prior.tolist() == [1, 0]
    assert bare.confusion[0, 1].tolist() == [0.5, 0.5]


def test_neighbours_are_the_likelier_slip_on_an_ordered_scale() -> None:
    assert pseudo_counts(3, ordered=True)[0].tolist() == [1, 0.5, 0.1]
    assert pseudo_counts(3)[1].tolist() == [0.1, 1, 0.1]


def test_too_few_rounds_are_told() -> None:
    model = dawid_skene(crew(8).ratings, rounds=2)
    assert (model.iterations, model.converged) == (2, False)


@pytest.mark.parametrize("smoothing", [-1, np.nan, [1, 2], np.ones((2, 2))])
def test_smoothing_that_is_no_count_is_refused(smoothing: object) -> None:
    with pytest.raises(ValueError, match="smoothing"):
        dawid_skene(crew(8).ratings, smoothing=smoothing)


def test_no_overlap_makes_no_model() -> None:
    with pytest.raises(ValueError, match="no unit with two ratings"):
        dawid_skene(Ratings.from_columns([1, 2], [1, 2], [0, 1], 2))
