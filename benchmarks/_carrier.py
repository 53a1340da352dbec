"""A sentence that carries what can be damaged, in five languages.

It is added to a clean pair in both languages; the damage then changes one stretch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sentence in five languages, and per language (or "*") what is put for what."""

    sentences: Mapping[str, str]
    wrong: Mapping[str, tuple[str, str]]

    def damaged(self, language: str) -> str:
        old, new = self.wrong.get(language) or self.wrong["*"]
        sentence = self.sentences[language]
        assert old in sentence, f"{old!r} is not in {sentence!r}"
        return sentence.replace(old, new, 1)


def carrier(
    sentences: tuple[str, str, str, str, str], *wrong: tuple[str, str]
) -> Carrier:
    """Sentences in the order en, fr, de, it, es; one change for all, or four."""
    codes = ("fr", "de", "it", "es") if len(wrong) == 4 else ("*",)
    names = ("en", "fr", "de", "it", "es")
    return Carrier(
        dict(zip(names, sentences, strict=True)), dict(zip(codes, wrong, strict=True))
    )


def same(*changes: tuple[str, str]) -> tuple[Carrier, ...]:
    """What stands in a sentence word by word the same in every language."""
    return tuple(
        carrier(
            (
                f"Next to it one finds {kept} as well.",
                f"À côté, on trouve aussi {kept} en plus.",
                f"Daneben findet man auch {kept} noch dazu.",
                f"Accanto si trova anche {kept} in aggiunta.",
                f"Al lado se encuentra también {kept} además.",
            ),
            (kept, changed),
        )
        for kept, changed in changes
    )


#: Kind of damage to the checks meant for it and the sentences it is done to.
Carriers: TypeAlias = dict[str, tuple[tuple[str, ...], tuple[Carrier, ...]]]
