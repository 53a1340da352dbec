import numpy as np

from quality.reliability import Ratings, connectedness
from quality.reliability.connectedness import overlaps
from tests.quality.reliability.simulated import crew


def meeting(*groups: tuple[str, int]) -> Ratings:
    """Each group of one-letter raters rates so many units of its own together."""
    units, raters = [], []
    for names, n in groups:
        for _ in range(n):
            unit = len(set(units))
            units += [unit] * len(names)
            raters += list(names)
    return Ratings.from_columns(units, raters, [0] * len(units), 2)


def test_overlaps_are_the_units_both_rated() -> None:
    ratings = crew(1, units=60).ratings
    rated = np.zeros((60, 8), np.int64)
    rated[ratings.units, ratings.raters] = 1
    assert (overlaps(ratings) == rated.T @ rated).all()


def test_raters_who_rate_twice_meet_once() -> None:
    ratings = Ratings.from_columns([1, 1, 1], [1, 1, 2], [0, 1, 0], 2, repeats=True)
    assert overlaps(ratings).tolist() == [[1, 1], [1, 1]]


def test_a_well_mixed_crew_needs_no_sentence() -> None:
    graph = connectedness(crew(1).ratings)
    assert graph.connected
    assert graph.sentences == ()
    assert graph.three_share == 1


def test_groups_that_never_meet_are_told_apart() -> None:
    graph = connectedness(meeting(("abc", 30), ("de", 30)))
    assert graph.components == (("a", "b", "c"), ("d", "e"))
    assert not graph.connected
    assert graph.sentences == (
        "The raters fall into 2 groups that share no unit (a, b, c; d, e): "
        "nothing compares one group with another.",
    )


def test_the_thinnest_link_counts_every_unit_where_the_sides_meet() -> None:
    graph = connectedness(meeting(("abc", 30), ("def", 40), ("cd", 4), ("ae", 3)))
    assert graph.thinnest is not None
    sides = {graph.thinnest.one, graph.thinnest.other}
    assert sides == {("a", "b", "c"), ("d", "e", "f")}
    assert graph.thinnest.units == 7
    assert graph.sentences[0].startswith("Only 7 units tie ")


def test_raters_with_little_overlap_are_named() -> None:
    graph = connectedness(meeting(("abc", 30), ("cd", 1), ("e", 9)))
    assert graph.thin == (("d", 1), ("e", 0))
    assert "Only 1 unit tie" in graph.sentences[1]
    assert graph.sentences[2] == (
        "Fewer than 20 units shared with anybody: d (1), e (0)."
    )


def test_pairs_alone_cannot_say_who_is_right() -> None:
    graph = connectedness(meeting(("ab", 97), ("abc", 3)))
    assert graph.sentences[-1].startswith("3% of the units have three ratings")


def test_long_lists_are_cut_short() -> None:
    graph = connectedness(meeting(*((name, 1) for name in "abcdefgh")))
    assert "; and 3 more)" in graph.sentences[0]
    assert "e (0) and 3 more." in graph.sentences[1]


def test_nobody_is_no_graph() -> None:
    graph = connectedness(Ratings.from_columns([], [], [], 2))
    assert (graph.components, graph.thinnest, graph.three_share) == ((), None, None)
    assert graph.sentences == ()
