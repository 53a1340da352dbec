"""Somebody is answering while the rubric changes."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from annotation.errors import Invalid
from annotation.models import Criterion, Judgment, Rubric

STALE: Final = gettext_lazy(
    "The questions were changed while this was open. What you wrote is still here, and "
    "so are your ratings where the question is the same. Look at the rest, and save again."
)


def require_present(read_in: str, rubric: Rubric) -> None:
    """Raise Invalid if the answer was given to another version; empty says nothing."""
    if read_in and read_in != str(rubric):
        raise Invalid(str(STALE))


def alike(older: Iterable[Criterion], present: Iterable[Criterion]) -> set[str]:
    """The codes whose question, scale and points are the same in both."""
    before = {criterion.code: _meaning(criterion) for criterion in older}
    return {c.code for c in present if before.get(c.code) == _meaning(c)}


def carried(
    typed: Mapping[str, Any] | None, rubric: Rubric, present: Iterable[Criterion]
) -> tuple[Mapping[str, Any] | None, bool]:
    """What was typed, and whether another version than `rubric` was read.

    If so, without the ratings of what that version asked otherwise.
    """
    read_in = str(typed.get("rubric", "")) if typed else ""
    if not typed or read_in in ("", str(rubric)):
        return typed, False
    name, _, version = read_in.rpartition("/")
    known = version.isascii() and version.isdigit() and len(version) < 5
    older = Criterion.objects.filter(
        rubric__name=name, rubric__version=int(version) if known else 0
    )
    same = alike(older, present)
    kept: Any = copy.copy(typed)
    for field in typed:
        code = field.removeprefix("rating-")
        if code != field and code not in same:
            del kept[field]
    return kept, True


def ratings_still_asked(
    judgment: Judgment, present: Iterable[Criterion]
) -> dict[str, int]:
    """The ratings of a judgment, by code, whose questions mean the same now."""
    ratings = list(judgment.ratings.select_related("criterion"))
    same = alike([rating.criterion for rating in ratings], present)
    return {r.criterion.code: r.value for r in ratings if r.criterion.code in same}


def _meaning(criterion: Criterion) -> tuple[Any, ...]:
    points = zip(criterion.values, criterion.labels, strict=True)
    return criterion.question, criterion.scale, *points
