from random import Random

import pytest

from quality.agreement import PatternTable
from quality.agreement.running import RunningTable, rerated

ABC = ("a", "b", "c")


def test_any_sequence_of_changes_ends_in_the_table_of_its_ratings() -> None:
    random, running = Random(1), RunningTable(ABC)
    ratings: dict[tuple[int, int], int] = {}
    for _ in range(3_000):
        key, label = (random.randrange(40), random.randrange(4)), random.randrange(3)
        if key not in ratings:
            running.add(key[0], label)
            ratings[key] = label
        elif random.random() < 0.3:
            running.remove(key[0], ratings.pop(key))
        else:
            running.replace(key[0], ratings[key], label)
            ratings[key] = label
    items = [item for item, _ in ratings]
    expected = PatternTable.from_ratings(items, list(ratings.values()), ABC)
    assert running.table() == expected
    assert running.table().digest() == expected.digest()


def test_the_last_rating_taken_back_leaves_the_empty_table() -> None:
    running = RunningTable(ABC)
    running.add("x", 1)
    running.remove("x", 1)
    assert running.table() == PatternTable.empty(ABC)


def test_rows_kept_elsewhere_can_be_moved() -> None:
    running, row = RunningTable(ABC), (0, 0, 0)
    for label in (2, 0, 2):
        after = rerated(row, new=label)
        running.move(row, after)
        row = after
    assert running.table() == PatternTable.from_counts([[1, 0, 2]], ABC)


def test_a_rating_that_is_not_there_cannot_go() -> None:
    running = RunningTable(ABC)
    running.add("x", 1)
    with pytest.raises(ValueError, match="no rating of category 0"):
        running.remove("x", 0)
    with pytest.raises(ValueError, match="no item shows"):
        running.move((2, 0, 0), (1, 0, 0))
    with pytest.raises(ValueError, match="no category 3"):
        running.add("x", 3)
    with pytest.raises(ValueError, match="no category -1"):
        running.replace("x", 1, -1)
    assert running.table() == PatternTable.from_counts([[0, 1, 0]], ABC)
