"""What a reader must know before leaning on a number, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quality.agreement.coefficients.gwet import AC1
from quality.agreement.coefficients.krippendorff import ALPHA_NOMINAL, ALPHA_ORDINAL
from quality.agreement.estimate import Estimate
from quality.agreement.table import PatternTable

FEW_ITEMS: Final = 30
SMALL_OVERLAP: Final = 0.1
RARE_RATINGS: Final = 5
FEW_RATERS: Final = 3
LOW_ALPHA: Final = 0.4
HIGH_AC1: Final = 0.8


@dataclass(frozen=True, slots=True)
class Flag:
    """A caution: `code` for programs, `sentence` for people."""

    code: str
    sentence: str


def flags_of(
    table: PatternTable, estimates: Sequence[Estimate], *, raters: int | None = None
) -> tuple[Flag, ...]:
    """The cautions that hold for `estimates` of `table`; none before the first rating.

    `raters` is how many people rated, where that is known: a table does not say.
    """
    if not table.n_items:
        return ()
    found = [*_about_items(table), *_about_labels(table), *_about_values(estimates)]
    if raters is not None and raters < FEW_RATERS:
        found.append(Flag("few-raters", _few_raters(raters)))
    return tuple(found)


def _about_items(table: PatternTable) -> Iterator[Flag]:
    n, pairable = table.n_items, table.n_pairable
    if pairable < FEW_ITEMS:
        yield Flag(
            "few-items",
            f"Only {_items(pairable)} with two ratings or more: "
            f"below {FEW_ITEMS} every number here is rough.",
        )
    if pairable < SMALL_OVERLAP * n:
        yield Flag(
            "small-overlap",
            f"{pairable} of {_items(n)} have two ratings or more, under "
            f"{SMALL_OVERLAP:.0%}: the agreement holds for all only if these were "
            "picked at random.",
        )


def _about_labels(table: PatternTable) -> Iterator[Flag]:
    used = [
        (count, label)
        for count, label in zip(table.label_counts, table.categories, strict=True)
        if count
    ]
    count, label = min(used, key=lambda pair: pair[0])
    if count < RARE_RATINGS:
        times = "once" if count == 1 else f"{count} times"
        yield Flag(
            "rare-category",
            f"“{label}” was chosen only {times}: "
            "chance-corrected numbers hang on those few ratings.",
        )


def _about_values(estimates: Sequence[Estimate]) -> Iterator[Flag]:
    if any(e.standard_error == 0 for e in estimates):
        yield Flag(
            "no-spread",
            "Every item with two ratings shows the same agreement, so the standard "
            "error is 0: the interval rests on the number of items alone.",
        )
    ac1 = _value(estimates, AC1)
    alpha = _value(estimates, ALPHA_NOMINAL, ALPHA_ORDINAL)
    if ac1 is not None and alpha is not None and alpha < LOW_ALPHA and ac1 > HIGH_AC1:
        yield Flag(
            "paradox",
            f"Alpha is low ({alpha:.2f}) while AC1 is high ({ac1:.2f}): nearly all "
            "ratings fall into one category, so look at the label shares and report "
            "both.",
        )


def _value(estimates: Sequence[Estimate], *names: str) -> float | None:
    return next((e.value for e in estimates if e.name in names), None)


def _items(n: int) -> str:
    return "1 item" if n == 1 else f"{n} items"


def _few_raters(raters: int) -> str:
    people = "1 person" if raters == 1 else f"{raters} people"
    return (
        f"Only {people} rated: that says how far these agree, "
        "not how reliable the guideline is with others."
    )
