from dataclasses import dataclass

from corpus.checks.matching import unmatched


@dataclass(frozen=True)
class Said:
    values: frozenset[int]
    start: int


def said(*readings: tuple[int, ...]) -> list[Said]:
    return [Said(frozenset(values), place) for place, values in enumerate(readings)]


def test_equal_mentions_leave_nothing_over() -> None:
    assert unmatched(said((1,), (2,)), said((2,), (1,))) == ([], [])


def test_what_one_side_alone_has_is_left_in_order_of_place() -> None:
    missing, new = unmatched(said((5,), (1,), (3,)), said((1,), (7,), (6,)))
    assert [sorted(mention.values) for mention in missing] == [[5], [3]]
    assert [sorted(mention.values) for mention in new] == [[7], [6]]


def test_each_mention_is_used_once() -> None:
    missing, new = unmatched(said((1,), (1,)), said((1,)))
    assert (len(missing), new) == (1, [])


def test_certain_mention_keeps_its_partner_before_a_doubtful_one() -> None:
    assert unmatched(said((1, 1000), (1,)), said((1,), (1000,))) == ([], [])
