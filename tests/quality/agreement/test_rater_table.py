import numpy as np
import pytest

from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.pair_table import PairTable
from quality.agreement.rater_table import RaterTable
from quality.agreement.table import PatternTable

ABC, PEOPLE = ("a", "b", "c"), ("ana", "bao", "cem", "dia")


def ratings(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shuffled long form, a third of the cells missing."""
    rng = np.random.default_rng(seed)
    items, raters = np.nonzero(rng.random((n, 4)) < 0.67)
    labels = np.where(rng.random(len(items)) < 0.7, items % 3, rng.integers(0, 3))
    order = rng.permutation(len(items))
    return items[order], raters[order], labels[order]


def table(items: np.ndarray, raters: np.ndarray, labels: np.ndarray) -> RaterTable:
    return RaterTable.from_ratings(items, raters, labels, ABC, PEOPLE)


def alike(one: RaterTable, other: RaterTable) -> bool:
    names = ("by_pattern", "pairs", "met")
    same = [np.array_equal(getattr(one, n), getattr(other, n)) for n in names]
    return one.table == other.table and one.raters == other.raters and all(same)


def test_splitting_by_item_and_adding_up_changes_nothing() -> None:
    items, raters, labels = ratings(80, seed=1)
    part = items % 3 == 0
    whole = table(items, raters, labels)
    halves = [table(items[p], raters[p], labels[p]) for p in (part, ~part)]
    assert alike(halves[0] + halves[1], whole)
    assert alike(halves[1] + halves[0], whole)
    nothing = table(items[:0], raters[:0], labels[:0])
    assert alike(whole + nothing, whole)


def test_permuting_raters_and_items_leaves_conger_as_it_is() -> None:
    items, raters, labels = ratings(60, seed=2)
    found = conger_kappa(table(items, raters, labels))
    moved = conger_kappa(table(1000 - items, 3 - raters, labels))
    assert found.value == pytest.approx(moved.value, abs=1e-12)
    assert found.standard_error == pytest.approx(moved.standard_error, abs=1e-12)


def test_the_pair_of_two_raters_counts_the_items_they_share() -> None:
    items, raters, labels = ratings(60, seed=3)
    grid = np.full((60, 4), -1)
    grid[items, raters] = labels
    found = table(items, raters, labels)
    for g, h in [(0, 1), (1, 0), (2, 3), (3, 0)]:
        expected = PairTable.from_labels(grid[:, g], grid[:, h], ABC).confusion
        assert np.array_equal(found.pair(PEOPLE[g], PEOPLE[h]).confusion, expected)


def test_margins_are_what_each_rater_chose() -> None:
    found = table(
        np.array([0, 0, 1, 2]), np.array([0, 2, 0, 2]), np.array([0, 1, 2, 1])
    )
    assert found.margins.tolist() == [[1, 0, 1], [0, 0, 0], [0, 2, 0], [0, 0, 0]]
    assert (found.n_items, found.n_pairable, found.n_ratings) == (3, 1, 4)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="rated an item twice"):
        table(np.array([5, 5]), np.array([1, 1]), np.array([0, 1]))
    with pytest.raises(ValueError, match="index 4"):
        table(np.array([5]), np.array([4]), np.array([0]))
    found = table(*ratings(5, seed=4))
    with pytest.raises(ValueError, match="one rater"):
        found.pair("ana", "ana")
    other = RaterTable.from_ratings([0], [0], [0], ABC, ("ana",))
    with pytest.raises(ValueError, match="do not add up"):
        found + other


def test_pair_tables_add_up_and_leave_missing_ratings_out() -> None:
    one = PairTable.from_labels([0, 1, -1, 2], [0, 2, 1, -1], ABC)
    assert one.n_items == one.n_pairable == 2
    assert (one + one).confusion.tolist() == (2 * one.confusion).tolist()
    assert (one + one).n_ratings == 8
    with pytest.raises(ValueError, match="do not add up"):
        one + PairTable(("x", "y"), np.zeros((2, 2), int))


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [([0], [0, 1], "equal length"), ([3], [0], "beyond the 3")],
)
def test_columns_that_are_no_pair_are_refused(
    first: list[int], second: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        PairTable.from_labels(first, second, ABC)
    with pytest.raises(ValueError, match="a square of 3"):
        PairTable(ABC, np.zeros((2, 2), int))


def test_every_pair_is_what_asking_for_it_gives() -> None:
    items, raters = [0, 0, 1, 1, 2, 2, 3], [0, 1, 1, 0, 1, 2, 2]
    labels = [0, 1, 1, 1, 0, 0, 1]
    table = RaterTable.from_ratings(items, raters, labels, ("a", "b"), ("x", "y", "z"))
    pairs = list(table.every_pair())
    assert [(one, other) for one, other, _ in pairs] == [("x", "y"), ("y", "z")]
    for one, other, pair in pairs:
        asked = table.pair(one, other)
        assert pair.confusion.tolist() == asked.confusion.tolist()
        assert pair.patterns == PatternTable.from_counts(
            [[1, 1], [0, 2]] if one == "x" else [[2, 0]], ("a", "b")
        )
