"""Ablation arms: which rows of a release make the training sets that are compared.

"english" and "multilingual" hold the same images with the same number of examples:
only items that every language has, once each, in English or in the language that the
item's hash deals it. "native" holds what people wrote in their own language, beside
the English of the same items; the other two hold none of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, get_args

from corpus.formats.release import ReleaseError, by_language
from corpus.languages import ENGLISH

Arm = Literal["english", "multilingual", "native"]
ARMS: Final[tuple[Arm, ...]] = get_args(Arm)

#: Names the rule: another text would deal the languages out anew.
_SALT = "concord-arms/1"


class Row(Protocol):
    """What of a row decides in which arm it is; a ReleaseItem has it."""

    @property
    def dataset(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def origin(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Arms:
    """Which items are in which arm, by 64-bit marks of dataset and key.

    `complete` are the items that all `languages` have, native texts aside; `native`
    those that have an English row and one that was written in another language.
    """

    languages: tuple[str, ...]
    complete: frozenset[int]
    native: frozenset[int]

    def holds(self, arm: Arm, item: Row) -> bool:
        """Whether a row belongs to an arm. It was among the items surveyed."""
        mark = _mark(item)
        if arm == "native":
            wanted = item.language == ENGLISH or item.origin == "native"
            return wanted and mark in self.native
        if mark not in self.complete:
            return False
        return item.language == (ENGLISH if arm == "english" else self.dealt(mark))

    def dealt(self, mark: int) -> str:
        """The language in which the multilingual arm has an item."""
        return self.languages[mark % len(self.languages)]


def survey(items: Iterable[Row]) -> Arms:
    """Walks all items once, sorted by language; holds some 100 bytes per item.

    Raises ReleaseError where there is no English, or nothing to compare it with.
    """
    languages: list[str] = []
    complete: set[int] = set()
    english: set[int] = set()
    native: set[int] = set()
    for language, own in by_language(items):
        marks: set[int] = set()
        for item in own:
            is_native = item.origin == "native" and language != ENGLISH
            (native if is_native else marks).add(_mark(item))
        if language == ENGLISH:
            english = marks
        complete = complete & marks if languages else marks
        languages.append(language)
    if ENGLISH not in languages or len(languages) < 2:
        raise ReleaseError("Arms compare English with at least one other language.")
    return Arms(tuple(languages), frozenset(complete), frozenset(native & english))


def _mark(item: Row) -> int:
    text = f"{_SALT}\n{item.dataset}\n{item.key}"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
