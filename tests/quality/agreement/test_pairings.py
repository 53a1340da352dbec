"""How often two labels meet on one item, counted pair by pair."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from quality.agreement import PatternTable, specific_agreement
from quality.agreement.pairings import meetings


def test_meetings_count_every_pair_of_ratings_once() -> None:
    rng = np.random.default_rng(7)
    rows = rng.multinomial(4, [0.5, 0.3, 0.2], 50)
    counted = np.zeros((3, 3), np.int64)
    for row in rows:
        given = np.repeat(np.arange(3), row)
        for one, other in combinations(given.tolist(), 2):
            counted[one, other] += 1
    either_way = counted + counted.T - np.diag(np.diag(counted))
    table = PatternTable.from_counts(rows, ("a", "b", "c"))
    assert meetings(table).tolist() == either_way.tolist()


def test_meetings_give_the_agreement_on_each_label() -> None:
    rows = [[2, 1], [3, 0], [0, 3], [1, 2], [1, 0]]
    table = PatternTable.from_counts(rows, ("a", "b"))
    met = meetings(table)
    for k, share in enumerate(specific_agreement(table).values()):
        sides = met[k].sum() + met[k, k]
        assert share.value == 2 * met[k, k] / sides


def test_nobody_meets_in_an_empty_table() -> None:
    assert meetings(PatternTable.empty(("a", "b"))).tolist() == [[0, 0], [0, 0]]
