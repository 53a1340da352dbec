"""What a release is written in: pieces that one job each can write on its own.

The texts of a language of a training set are one, in every wished format; what stands
beside them is another. A benchmark is one: its tables share their scorer and their
instructions, and only what fits them all has provenance.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.languages import ENGLISH
from quality.exporting.wishes import Wish

BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class Unit:
    """`languages` are those of its files, `behind` those whose decisions it rests on.

    `texts` and `sidecar` say which of both it holds.
    """

    name: str
    languages: tuple[str, ...]
    behind: tuple[str, ...]
    texts: bool = True
    sidecar: bool = True


def units_of(wish: Wish) -> dict[str, Unit]:
    """By name, those that take longest first."""
    every = wish.all_languages
    if wish.is_benchmark:
        return {BENCHMARK: Unit(BENCHMARK, every, wish.languages)}
    texts = [_of(language, wish, language, sidecar=False) for language in every]
    beside = [
        _of(language, wish, f"{language}-sidecar", texts=False) for language in every
    ]
    return {unit.name: unit for unit in (*texts, *beside)}


def _of(
    language: str, wish: Wish, name: str, *, texts: bool = True, sidecar: bool = True
) -> Unit:
    is_dealt = wish.arm or language == ENGLISH
    behind = wish.languages if is_dealt else (language,)
    return Unit(name, (language,), behind, texts, sidecar)
