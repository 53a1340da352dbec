import numpy as np
import pytest

from quality.reliability import Ratings, dawid_skene, pace, spammer_scores, spammers
from quality.reliability.spammer import LEAST_RATINGS, TOO_FEW_RATERS
from tests.quality.reliability.simulated import crew

HONEST = (0.8, 0.85, 0.9, 0.95, 0.85, 0.9, 0.8)


def with_spammer(seed: int, kind: str, units: int = 600, q: int = 3) -> Ratings:
    """Rater 0 never looks at the units; the others are honest."""
    prevalence = {2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}[q]
    made = crew(seed, units=units, accuracy=(0.5, *HONEST), prevalence=prevalence)
    mine = made.raters == 0
    rng = np.random.default_rng(seed + 1000)
    made.labels[mine] = {
        "one label": np.zeros(mine.sum(), np.int64),
        "any label": rng.integers(0, q, mine.sum()),
        "usual labels": rng.choice(q, mine.sum(), p=prevalence),
    }[kind]
    return made.ratings


@pytest.mark.parametrize("kind", ["one label", "any label", "usual labels"])
def test_spammers_are_found_and_honest_raters_let_be(kind: str) -> None:
    found = [spammers(with_spammer(seed, kind)) for seed in range(8)]
    assert sum(one[0].flagged for one in found) >= 7
    assert sum(verdict.flagged for one in found for verdict in one[1:]) == 0


@pytest.mark.parametrize(
    ("accuracy", "prevalence", "units"),
    [
        ((0.6, 0.65, *HONEST), (0.5, 0.3, 0.2), 400),
        ((0.65, 0.7, 0.7, 0.75, 0.75, 0.8), (0.5, 0.5), 300),
        (HONEST, (0.9, 0.1), 400),
        (HONEST, (0.97, 0.03), 400),
    ],
    ids=["two weak ones", "all weak", "skewed", "very skewed"],
)
def test_honest_raters_are_hardly_ever_flagged(
    accuracy: tuple[float, ...], prevalence: tuple[float, ...], units: int
) -> None:
    flags = 0
    for seed in range(20):
        made = crew(seed, units=units, accuracy=accuracy, prevalence=prevalence)
        flags += sum(verdict.flagged for verdict in spammers(made.ratings))
    assert flags == 0


def test_a_flag_lists_its_evidence_in_sentences() -> None:
    ratings = with_spammer(1, "one label", q=2)
    seconds = np.where(ratings.raters == 0, 1.0, 20.0)
    paces = pace(ratings.raters, seconds)
    first = spammers(ratings, categories=("no", "yes"), paces=paces)[0]
    told = {sign.code: sign.sentence for sign in first.evidence}
    assert {"same-answers", "one-label", "fast"} <= set(told)
    assert f"Chose “no” in {first.n} of {first.n} ratings;" in told["one-label"]
    assert told["fast"] == (
        f"100% of {first.n} ratings took under 4.0 seconds; the usual time is 20.0 "
        "seconds."
    )
    assert told["same-answers"].startswith("Answers much the same whatever the unit")


def test_speed_alone_makes_no_flag() -> None:
    ratings = crew(2, accuracy=(0.95, *HONEST)).ratings
    paces = pace(ratings.raters, np.where(ratings.raters == 0, 1.0, 20.0))
    first = spammers(ratings, paces=paces)[0]
    assert [sign.code for sign in first.evidence] == ["fast"]
    assert not first.flagged


def test_who_takes_two_labels_for_each_other_is_no_spammer() -> None:
    made = crew(3, units=600, accuracy=(0.9, *HONEST), prevalence=(0.5, 0.5))
    made.labels[made.raters == 0] = 1 - made.labels[made.raters == 0]
    first = spammers(made.ratings)[0]
    assert not first.flagged
    codes = {sign.code for sign in first.evidence}
    assert "contrary" in codes
    assert not codes & {"same-answers", "by-chance"}


def test_few_ratings_never_make_a_flag() -> None:
    ratings = with_spammer(4, "one label", units=8 * (LEAST_RATINGS - 20) // 3)
    first = spammers(ratings)[0]
    assert (first.flagged, first.evidence) == (False, ())
    assert first.cannot_tell == (
        f"Too few ratings to tell: {first.n} of shared units, 50 are needed."
    )


def test_raters_without_overlap_or_company_cannot_be_told() -> None:
    columns = [
        [*range(60), *range(60), *range(60, 120)],
        [0] * 60 + [1] * 60 + [2] * 60,
    ]
    pair, _, alone = spammers(Ratings.from_columns(*columns, [0, 1] * 90, 2))
    assert pair.cannot_tell == TOO_FEW_RATERS
    assert alone.n == 0
    assert alone.cannot_tell.startswith("Too few ratings to tell: 0 of shared")
    assert spammers(Ratings.from_columns([], [], [], 2)) == ()


def test_nobody_stands_out_where_all_guess() -> None:
    made = crew(5, accuracy=(0.5,) * 6, prevalence=(0.5, 0.5))
    for verdict in spammers(made.ratings):
        assert not verdict.flagged
        assert verdict.cannot_tell.startswith("The raters agree too little to tell")


def test_groups_that_never_meet_are_judged_apart() -> None:
    one, other = with_spammer(6, "one label"), with_spammer(7, "any label")
    both = Ratings.from_columns(
        [*one.units, *(other.units + 1000)],
        [*one.raters, *(other.raters + 100)],
        [*one.labels, *other.labels],
        3,
    )
    verdicts = spammers(both)
    assert [v.rater for v in verdicts if v.flagged] == [0, 100]
    assert [v.evidence for v in verdicts[:8]] == [v.evidence for v in spammers(one)]


def test_the_spammer_score_is_0_for_a_spammer_and_1_for_the_faultless() -> None:
    model = dawid_skene(with_spammer(8, "usual labels", units=3000), smoothing=0)
    assert spammer_scores(model)[0] == pytest.approx(0, abs=0.03)
    perfect = crew(9, accuracy=(1.0,) * 4)
    assert spammer_scores(dawid_skene(perfect.ratings, smoothing=0)) == pytest.approx(1)
    # Two categories: the square of sensitivity + specificity - 1.
    made = crew(10, units=4000, accuracy=(0.8, 0.9, 0.9, 0.9), prevalence=(0.6, 0.4))
    assert spammer_scores(dawid_skene(made.ratings))[0] == pytest.approx(0.36, abs=0.05)


def test_a_score_needs_two_categories_with_enough_units() -> None:
    model = dawid_skene(crew(11, units=30, prevalence=(0.99, 0.01)).ratings)
    assert np.isnan(spammer_scores(model)).all()


def test_labels_must_fit_the_scale() -> None:
    with pytest.raises(ValueError, match="3 categories need 3 labels"):
        spammers(crew(1).ratings, categories=("a", "b"))
