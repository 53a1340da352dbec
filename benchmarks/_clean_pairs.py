"""Sources with good translations: what the checks should leave alone."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Final

from corpus.checks import Relation
from corpus.content import Caption, Content, MultipleChoice, YesNo, parse
from demonstration import catalogue

#: Where the Multi30K files lie, unless the environment says otherwise.
FOLDER: Final = Path(__file__).parents[2] / "shared" / "data" / "multi30k"
FOLDER_VARIABLE: Final = "CONCORD_MULTI30K"
LANGUAGES: Final = ("fr", "de", "it", "es")

_THINGS: Final = {
    "en": "dog,cup,clock,bottle,boat,book,chair,bird,bicycle,umbrella",
    "fr": "un chien,une tasse,une horloge,une bouteille,un bateau,un livre,une chaise,"
    "un oiseau,un vélo,un parapluie",
    "de": "ein Hund,eine Tasse,eine Uhr,eine Flasche,ein Boot,ein Buch,ein Stuhl,"
    "ein Vogel,ein Fahrrad,ein Regenschirm",
    "it": "un cane,una tazza,un orologio,una bottiglia,una barca,un libro,una sedia,"
    "un uccello,una bicicletta,un ombrello",
    "es": "un perro,una taza,un reloj,una botella,un barco,un libro,una silla,"
    "un pájaro,una bicicleta,un paraguas",
}
_THERE: Final = {
    "fr": "Y a-t-il {} sur l'image ?",
    "de": "Ist auf dem Bild {} zu sehen?",
    "it": "C'è {} nell'immagine?",
    "es": "¿Hay {} en la imagen?",
}
_WHICH: Final = {
    "fr": "Que voit-on à côté de la fenêtre ?",
    "de": "Was ist neben dem Fenster zu sehen?",
    "it": "Che cosa si vede accanto alla finestra?",
    "es": "¿Qué se ve junto a la ventana?",
}
_NUMBERED: Final = {
    "en": "Arrow {}",
    "fr": "La flèche {}",
    "de": "Pfeil {}",
    "it": "La freccia {}",
    "es": "La flecha {}",
}


@dataclass(frozen=True, slots=True)
class CleanPair:
    """A source and what a good translator made of it."""

    source: Content
    candidate: Content
    language: str
    relation: Relation = "translated"
    context: Mapping[str, Any] = field(default_factory=dict)

    def with_candidate(self, candidate: Content) -> CleanPair:
        return replace(self, candidate=candidate)


def folder() -> Path:
    """Where to look for the Multi30K files."""
    return Path(os.environ.get(FOLDER_VARIABLE) or FOLDER)


def multi30k(place: Path, language: str) -> list[CleanPair]:
    """The human translations as captions; empty where the files are missing."""
    files = [place / f"test_2016_flickr.{code}.gz" for code in ("en", language)]
    if not all(file.exists() for file in files):
        return []
    ours, theirs = (
        gzip.decompress(file.read_bytes()).decode().splitlines() for file in files
    )
    return [
        CleanPair(Caption(source), Caption(text), language)
        for source, text in zip(ours, theirs, strict=True)
    ]


def demonstration() -> Iterator[CleanPair]:
    """The faithful candidates of the demonstration, of all five kinds."""
    for item in catalogue.load():
        source = parse(item.kind, item.source)
        for language, candidate in item.candidates.items():
            if candidate.quality == "good":
                content = parse(item.kind, _fields(item, candidate))
                transcripts = {"transcripts": list(item.transcripts)}
                yield CleanPair(source, content, language, context=transcripts)


def _fields(item: catalogue.Item, candidate: catalogue.Candidate) -> dict[str, Any]:
    if isinstance(candidate.answer, str):
        return {item.kind: candidate.answer}
    kept = {name: item.source.get(name) for name in ("key", "category")}
    kept = {name: value for name, value in kept.items() if value is not None}
    return {**candidate.answer, **kept}


def yes_no() -> Iterator[CleanPair]:
    """Questions after things, as POPE asks them."""
    for language in LANGUAGES:
        for english, thing in zip(_things("en"), _things(language), strict=True):
            article = "an" if english[0] in "aeiou" else "a"
            source = YesNo(
                f"Is there {article} {english} in the image?", "Yes", "object"
            )
            text = _THERE[language].format(thing)
            yield CleanPair(source, YesNo(text, "Yes", "object"), language)


def multiple_choice(random: Random, count: int = 25) -> Iterator[CleanPair]:
    """Items with four things, or four numbers, to choose from; `count` per language."""
    for language in LANGUAGES:
        for number in range(count):
            places = random.sample(range(len(_things("en"))), 4)
            key = random.choice("ABCD")
            if number % 2:
                names = [_NUMBERED["en"], _NUMBERED[language]]
                ours, theirs = ([name.format(n + 1) for n in places] for name in names)
            else:
                ours = [f"a {_things('en')[n]}" for n in places]
                theirs = [_things(language)[n] for n in places]
            hint, question = "", "What can be seen next to the window?"
            yield CleanPair(
                MultipleChoice(question, tuple(ours), key, hint, "object"),
                MultipleChoice(_WHICH[language], tuple(theirs), key, hint, "object"),
                language,
            )


def _things(language: str) -> list[str]:
    return _THINGS[language].split(",")
