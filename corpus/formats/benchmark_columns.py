"""The columns of a benchmark set: those of the upstream copy on the hub, then ours.

Names, order and types are upstream's, so that programs written for it read it. What
upstream leaves out is null here; its copies write the word `nan`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from corpus.content import LETTERS, Kind, MultipleChoice, YesNo
from corpus.formats.answer_instructions import YES_NO
from corpus.formats.benchmark_sets import (
    Benchmark,
    glued_instruction,
    tracks,
    upstream_text,
)
from corpus.formats.mme import pair_of
from corpus.formats.training_columns import HINT, IMAGE, QUESTION
from corpus.formats.training_facts import COMMON, IMAGE_SHA256, ORIGIN, identity
from corpus.formats.training_fields import Column, number, text, texts
from corpus.formats.vlmevalkit_rows import index_of
from corpus.languages import YES_NO_WORDS
from corpus.record import ReleaseItem

#: The options that have a column each in MMBench.
FOUR: Final = LETTERS[:4]


@dataclass(frozen=True, slots=True)
class BenchmarkLayout:
    """The columns of one benchmark. `most_options` is 0 where a list holds them."""

    kind: Kind
    columns: tuple[Column, ...]
    most_options: int = 0


def _upstream(
    *names: str, meaning: str = "as upstream", repeats: bool = True
) -> Column:
    """An upstream column under the first of its names."""
    return text(
        names[0], meaning, lambda i: upstream_text(i, *names) or None, repeats=repeats
    )


def _option(place: int) -> Callable[[ReleaseItem], str | None]:
    def value(item: ReleaseItem) -> str | None:
        options = _options(item)
        return options[place] if place < len(options) else None

    return value


def _options(item: ReleaseItem) -> tuple[str, ...]:
    return item.content.options if isinstance(item.content, MultipleChoice) else ()


def _key(item: ReleaseItem) -> str:
    assert isinstance(item.content, MultipleChoice | YesNo)
    return item.content.key


def _place_of_key(item: ReleaseItem) -> int:
    return LETTERS.index(_key(item))


def _category(item: ReleaseItem) -> str | None:
    source = item.source
    return (isinstance(source, MultipleChoice | YesNo) and source.category) or None


def _asked_as_upstream(item: ReleaseItem) -> str:
    return f"{QUESTION.value(item)}{glued_instruction(item)}"


def _instruction(item: ReleaseItem) -> str:
    return glued_instruction(item).strip() or YES_NO[item.language]


_HINT_OR_NULL = text("hint", HINT.meaning, lambda i: HINT.value(i) or None)
_CATEGORY = text("category", "the upstream category", _category, repeats=True)
_LETTER = text("answer", "the letter of the right option", _key, repeats=True)
_INDEX = number("index", "the upstream index", index_of)
_ASKED = text(
    "question",
    "the question; in English with the instruction that upstream glues to it",
    _asked_as_upstream,
)

_MMBENCH = (
    _INDEX,
    IMAGE,
    QUESTION,
    _HINT_OR_NULL,
    _LETTER,
    *(text(letter, f"option {letter}", _option(n)) for n, letter in enumerate(FOUR)),
    _CATEGORY,
    _upstream("source"),
    _upstream("L2-category", "l2-category"),
    _upstream("comment"),
    _upstream("split"),
)
_SCIENCEQA = (
    IMAGE,
    QUESTION,
    texts("choices", "the options in upstream's order", _options),
    Column(
        "answer",
        pa.int8(),
        {"dtype": "int8", "_type": "Value"},
        "the place of the right option, from 0",
        _place_of_key,
    ),
    text("hint", HINT.meaning, lambda i: HINT.value(i) or i.upstream.get("hint", "")),
    *(_upstream(name) for name in ("task", "grade", "subject", "topic")),
    text(
        "category",
        "as upstream",
        lambda i: upstream_text(i, "category") or _category(i),
        repeats=True,
    ),
    _upstream("skill"),
    _upstream("lecture", meaning="as upstream, in English"),
    _upstream("solution", meaning="as upstream, in English", repeats=False),
)
_MME = (
    text("question_id", "what the two questions of a picture share", pair_of),
    IMAGE,
    _ASKED,
    text("answer", "Yes or No, in English", _key, repeats=True),
    _CATEGORY,
)
_POPE = (
    _upstream("id", repeats=False),
    _upstream("question_id", "index", repeats=False),
    _ASKED,
    text("answer", "yes or no, in English", lambda i: _key(i).lower(), repeats=True),
    _upstream("image_source", repeats=False),
    IMAGE,
    text(
        "category",
        "the track, or the tracks, that ask the question",
        lambda i: tracks(i) or _category(i),
        repeats=True,
    ),
    text("item_id", "dataset and key: the same in every language", identity),
)
_AI2D = (
    QUESTION,
    texts("options", "the options in upstream's order", _options),
    text(
        "answer",
        "the place of the right option, from 0, as text",
        lambda i: str(_place_of_key(i)),
        repeats=True,
    ),
    IMAGE,
)
_CHOICE = (
    _INDEX,
    IMAGE,
    QUESTION,
    _HINT_OR_NULL,
    texts("options", "the options in upstream's order", _options),
    _LETTER,
    _CATEGORY,
)
_WORDS = (
    text("yes_word", "yes, in the language", lambda i: YES_NO_WORDS[i.language][0]),
    text("no_word", "no, in the language", lambda i: YES_NO_WORDS[i.language][1]),
    text("instruction", "how to answer, in the language", _instruction),
)


def _layout(
    kind: Kind, own: tuple[Column, ...], most_options: int = 0
) -> BenchmarkLayout:
    words = _WORDS if kind == "yes_no" else ()
    chosen: dict[str, Column] = {}
    for column in (*own, *COMMON, *words, IMAGE_SHA256, *ORIGIN):
        chosen.setdefault(column.name, column)
    return BenchmarkLayout(kind, tuple(chosen.values()), most_options)


_LAYOUTS: Final[dict[tuple[Benchmark, Kind], BenchmarkLayout]] = {
    ("mmbench", "multiple_choice"): _layout("multiple_choice", _MMBENCH, len(FOUR)),
    ("scienceqa", "multiple_choice"): _layout("multiple_choice", _SCIENCEQA),
    ("ai2d", "multiple_choice"): _layout("multiple_choice", _AI2D),
    ("mme", "yes_no"): _layout("yes_no", _MME),
    ("pope", "yes_no"): _layout("yes_no", _POPE),
    ("other", "multiple_choice"): _layout("multiple_choice", _CHOICE),
    ("other", "yes_no"): _layout("yes_no", (_INDEX, IMAGE, *_MME[2:])),
}


def layout_of(benchmark: Benchmark, kind: Kind) -> BenchmarkLayout | None:
    """The layout of a benchmark, or nothing for a kind that no benchmark holds."""
    return _LAYOUTS.get((benchmark, kind)) or _LAYOUTS.get(("other", kind))
