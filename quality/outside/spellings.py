"""One spelling for each label, unit and rater of a file, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from unicodedata import normalize

import numpy as np

from quality.agreement.category_lists import MOST_SEEN, Scale
from quality.agreement.columns import Column
from quality.agreement.lookalikes import first_pair, folded, same_number
from quality.agreement.rating_error import RatingError
from quality.agreement.reading import RatingColumns
from quality.agreement.reporting import wording

#: What other programs write for a gap, and what may be a label all the same.
WORDS_FOR_NOTHING: Final = frozenset(
    {"NA", "N/A", "nan", "NaN", "NAN", "null", "NULL", "None", "<NA>"}
)
_FEW: Final = 8
_WAYS_OUT: Final = (
    "write one of them throughout, or add --as-spelled if they are two different "
)


def one_spelling(
    ratings: RatingColumns, scale: Scale
) -> tuple[RatingColumns, tuple[str, ...]]:
    """The ratings with one spelling for each number among the labels, and what to note.

    RatingError for labels, units or raters that look alike: they would be counted as
    different. On a numeric scale values are numbers however they are written.
    """
    given = ratings.values.codes >= 0
    named = [*(("units", unit) for unit in ratings.units), ("raters", ratings.raters)]
    for role, column in named:
        if pair := first_pair(_used(column.taken(given))):
            raise RatingError(_told(role, *pair))
    if scale.is_numeric:
        return ratings, ()
    if scale.categories is None and len(_used(ratings.values)) > MOST_SEEN:
        # No categories at all, which is for `read` to say.
        return ratings, ()
    values, pairs = _with_one_spelling(ratings.values, scale.categories or ())
    if pair := first_pair([*(scale.categories or ()), *_used(values)]):
        raise RatingError(_told("labels", *pair))
    return replace(ratings, values=values), _note(pairs)


def _note(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    if not pairs:
        return ()
    told = [f"{other} as {one}" for other, one in pairs[:_FEW]]
    if len(pairs) > _FEW:
        told.append(f"{len(pairs) - _FEW} more")
    return (f"Numbers written in two ways were read as one: {wording.listed(told)}.",)


def _told(role: str, one: str, other: str) -> str:
    shown = repr(one), repr(other)
    if normalize("NFC", one) == normalize("NFC", other):
        shown = ascii(one), ascii(other)
    return f"the {role} {' and '.join(shown)} look alike: {_WAYS_OUT}{role}"


def _with_one_spelling(
    values: Column, declared: Sequence[str]
) -> tuple[Column, list[tuple[str, str]]]:
    """The declared spelling of a number, else the shortest, and what it stands for."""
    used = _used(values)
    chosen = {folded(text): text for text in sorted(used, key=len, reverse=True)}
    chosen |= {folded(text): text for text in declared}
    pairs = []
    for text in used:
        one = chosen[folded(text)]
        if one != text and same_number(one, text):
            pairs.append((text, one))
    if not pairs:
        return values, []
    renamed = dict(pairs)
    names = [renamed.get(name, name) for name in values.names]
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    # The place after the last is where the -1 of an empty cell points to.
    codes = np.array([*(places[name] for name in names), -1], np.int64)
    return Column(tuple(places), codes[values.codes]), pairs


def _used(column: Column) -> list[str]:
    codes = column.codes[column.codes >= 0]
    used = np.bincount(codes, minlength=len(column.names)) > 0
    return [name for name, seen in zip(column.names, used, strict=True) if seen]
