"""Counts of several values as the digits of one number, which Postgres can add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

#: Below this every whole number is its own double, and Postgres prints it whole.
EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Digits:
    """Each value has a place of its own in a number; `most` of one value fit there."""

    values: tuple[str, ...]
    base: int
    type: str

    @classmethod
    def of(cls, lists: Iterable[Sequence[str]], most: int) -> list[Self]:
        """One for each list of values, all of one SQL type.

        Doubles are added fastest; more or larger digits than they have take numeric.
        """
        base = 10 ** len(str(most))
        values = [tuple(of) for of in lists]
        longest = max(len(of) for of in values)
        kind = "float8" if base**longest <= EXACT else "numeric"
        return [cls(of, base, kind) for of in values]

    def weights(self, column: str, literal: str) -> str:
        """SQL for what one value of the column adds; `literal` formats a value."""
        cases = " ".join(
            f"WHEN {literal.format(value)} THEN {self.base**n}::{self.type}"
            for n, value in enumerate(self.values)
        )
        return f"CASE {column} {cases} END"

    def read(self, number: int) -> frozenset[tuple[str, int]]:
        """The values that occur, with their counts."""
        counts = []
        for value in self.values:
            number, count = divmod(number, self.base)
            if count:
                counts.append((value, count))
        return frozenset(counts)
