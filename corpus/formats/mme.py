"""MME counts only as a whole: its score needs every category, and pairs of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from corpus.content import YesNo
from corpus.formats.benchmark_sets import upstream_text
from corpus.record import ReleaseItem

PERCEPTION: Final = (
    "existence",
    "count",
    "position",
    "color",
    "posters",
    "celebrity",
    "scene",
    "landmark",
    "artwork",
    "OCR",
)
REASONING: Final = (
    "commonsense_reasoning",
    "numerical_calculation",
    "text_translation",
    "code_reasoning",
)
CATEGORIES: Final = (*PERCEPTION, *REASONING)


def pair_of(item: ReleaseItem) -> str:
    """What the two questions about a picture share: the name of the picture."""
    return upstream_text(item, "question_id", "image_path") or item.group


def category_of(item: ReleaseItem) -> str:
    """The category of the upstream item."""
    return item.source.category if isinstance(item.source, YesNo) else ""


@dataclass(slots=True)
class Wholeness:
    """Counts the questions of one language, by category and pair."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, item: ReleaseItem) -> None:
        self.pairs[category_of(item), pair_of(item)] += 1

    def why_not(self) -> str | None:
        """Why this is not the whole of MME, or nothing."""
        known = {category for category, _ in self.pairs}
        if unknown := sorted(known - set(CATEGORIES)):
            return f"MME has no category {unknown[0]!r}"
        missing = [name for name in CATEGORIES if name not in known]
        if missing:
            return f"it lacks {_listed(missing)} of the 14 categories of MME"
        halves = sorted(pair for (_, pair), count in self.pairs.items() if count != 2)
        if halves:
            return f"it lacks one of the two questions of {_listed(halves)}"
        return None


def why_not_whole(items: Iterable[ReleaseItem]) -> str | None:
    """Why these items of one or more languages are not the whole of MME, or nothing."""
    languages: dict[str, Wholeness] = {}
    for item in items:
        languages.setdefault(item.language, Wholeness()).add(item)
    if not languages:
        return "there is no item"
    for language, found in languages.items():
        if reason := found.why_not():
            return f"in {language}, {reason}"
    return None


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
