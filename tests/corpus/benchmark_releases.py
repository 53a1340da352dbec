"""Accepted items of the five benchmarks in all five languages, small but whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from corpus.content import Content, MultipleChoice, YesNo
from corpus.formats.mme import CATEGORIES
from corpus.languages import NAMES
from corpus.record import ReleaseItem
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.releases import release_item

LANGUAGES = tuple(sorted(NAMES))
GLUED = " Please answer yes or no."

#: The last option of some begins with a letter that is one: `A destra`, `A la derecha`.
COLOURS = {
    "en": ("red", "blue", "dark blue", "none of these"),
    "fr": ("rouge", "bleu", "bleu foncé", "aucune"),
    "de": ("rot", "blau", "dunkelblau", "keine davon"),
    "it": ("rosso", "blu", "blu scuro", "nessuno"),
    "es": ("rojo", "azul", "azul oscuro", "ninguno"),
}
SIDES = {
    "en": ("On the left", "On the right"),
    "fr": ("A gauche", "A droite"),
    "de": ("Links", "Rechts"),
    "it": ("A sinistra", "A destra"),
    "es": ("A la izquierda", "A la derecha"),
}
QUESTION = {
    "en": "Which one is it?",
    "fr": "Lequel est-ce ?",
    "de": "Welches ist es?",
    "it": "Qual è?",
    "es": "¿Cuál es?",
}
LABELS = ("C", "A", "B")


def choice(language: str, options: Sequence[str], key: str, **more: str) -> Content:
    return MultipleChoice(QUESTION[language], tuple(options), key, **more)


def _item(
    dataset: str, key: str, language: str, texts: dict[str, Content], **fields: Any
) -> ReleaseItem:
    origin = "source" if language == "en" else "translated"
    usual = {"dataset": dataset, "key": key, "language": language, "origin": origin}
    return release_item(texts[language], source=texts["en"], **(usual | fields))


def mmbench(language: str) -> list[ReleaseItem]:
    """Items with four, three and two options."""
    made: list[tuple[int, dict[str, Content]]] = [
        (241, {c: choice(c, COLOURS[c], "A", category="colour") for c in LANGUAGES}),
        (305, {c: choice(c, COLOURS[c][:3], "B", category="blue") for c in LANGUAGES}),
        (812, {c: choice(c, SIDES[c], "B", category="side") for c in LANGUAGES}),
    ]
    beside = {"l2-category": "coarse", "source": "ours", "split": "dev"}
    return [
        _item("mmbench", str(n), language, texts, upstream={"index": n, **beside})
        for n, texts in made
    ]


def scienceqa(language: str) -> list[ReleaseItem]:
    """One item with a hint and a picture, and one with neither."""
    hinted = {
        c: choice(c, COLOURS[c], "D", hint=QUESTION[c], category="biology")
        for c in LANGUAGES
    }
    bare = {c: choice(c, SIDES[c], "A", category="maps") for c in LANGUAGES}
    upstream = {"task": "closed choice", "grade": "grade3", "lecture": "Look twice."}
    return [
        _item("scienceqa", "1", language, hinted, upstream=upstream),
        _item("scienceqa", "2", language, bare, upstream=upstream, picture=None),
    ]


def ai2d(language: str) -> list[ReleaseItem]:
    """Labels in the picture are options in every language."""
    labels = {c: choice(c, (*LABELS, COLOURS[c][3]), "C") for c in LANGUAGES}
    sides = {c: choice(c, SIDES[c], "B") for c in LANGUAGES}
    return [
        _item("ai2d", "1", language, labels),
        _item("ai2d", "2", language, sides, picture=PHOTO),
    ]


def _asked(category: str, key: str) -> dict[str, Content]:
    return {
        c: YesNo(f"{QUESTION[c][:-1].strip()}: {key}?", key, category)
        for c in LANGUAGES
    }


def mme(language: str, categories: Iterable[str] = CATEGORIES) -> list[ReleaseItem]:
    """A pair of questions for each category."""
    items = []
    for category in sorted(categories):
        for number, key in enumerate(("Yes", "No"), 1):
            picture = f"{category}/0001.png"
            upstream = {
                "question_id": picture,
                "instruction": GLUED,
            }
            item = _item(
                "mme",
                f"{picture}#{number}",
                language,
                _asked(category, key),
                group=picture,
                upstream=upstream,
                picture=PHOTO if category == "OCR" else PICTURE,
            )
            items.append(item)
    return items


def pope(language: str) -> list[ReleaseItem]:
    """One question of three tracks and one of a single track."""
    tracks = {"1": ["adversarial", "popular", "random"], "2": ["adversarial"]}
    return [
        _item(
            "pope",
            key,
            language,
            _asked("", "Yes" if key == "1" else "No"),
            upstream={
                "image_source": "COCO_1",
                "rows": [
                    {"id": f"{track[0]}{key}", "question_id": key, "category": track}
                    for track in named
                ],
            },
        )
        for key, named in tracks.items()
    ]


MAKERS = {f.__name__: f for f in (mmbench, scienceqa, ai2d, mme, pope)}


def benchmark(
    name: str, languages: Iterable[str] = LANGUAGES, **options: Any
) -> list[ReleaseItem]:
    """The items of a benchmark in release order."""
    return [
        item for code in sorted(languages) for item in MAKERS[name](code, **options)
    ]
