"""Slices of ratings to the lines of a report, withheld where there are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quality.agreement.category_lists import values_of
from quality.agreement.estimate import Estimate
from quality.agreement.flags import Flag, flags_of
from quality.agreement.metrics import (
    METRICS,
    NEEDS,
    VALUES,
    coefficient_for,
    measure,
)
from quality.agreement.numbers import Numbers
from quality.agreement.ratios import Share
from quality.agreement.reporting.facts import Facts, RaterLine
from quality.agreement.shares import share_of_ratings
from quality.agreement.specific import specific_agreement
from quality.agreement.table import PatternTable

#: Ten items without one disagreement still leave percent agreement anywhere above
#: 0.025^(1/10) = 69 %: with fewer, a number tells of these items and of nothing else.
LEAST_PAIRABLE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ratings of one slice: what makes it one, and what was counted in it.

    `slice` maps each dimension to its value, the same dimensions in every part. A
    nominal, binary or ordinal scale has a table of its categories, an interval or
    ratio scale has `Numbers`. `raters` is None where nobody knows. `values` say where
    ordinal categories lie; labels that are numbers lie there without them.
    """

    slice: Mapping[str, str]
    counted: PatternTable | Numbers
    scale: str
    raters: int | None = None
    values: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One category: how often it was given, and how far raters agree on it."""

    label: str
    ratings: int
    share: Share
    agreement: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One slice of a report: its counts, and its estimates unless it says `withheld`.

    `ratings_per_item` says how many items have 1, 2, 3, ... ratings. A numeric scale
    has no `categories`, no `labels` and no `table`; a withheld line only the first.
    `values` are where the categories lie, if an estimate rests on that.
    """

    slice: Mapping[str, str]
    scale: str
    items: int
    pairable: int
    ratings: int
    raters: int | None
    ratings_per_item: Mapping[int, int]
    categories: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    labels: tuple[LabelLine, ...] = ()
    flags: tuple[Flag, ...] = ()
    withheld: str = ""
    table: PatternTable | None = None
    values: tuple[float, ...] | None = None

    @property
    def rounds(self) -> str:
        """The ratings per item: one number, or the smallest and the largest."""
        found = sorted(self.ratings_per_item)
        if not found:
            return "0"
        return str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Lines in the order of their parts; `level` is that of every interval in them."""

    lines: tuple[Line, ...]
    facts: Facts
    level: float
    least: int
    raters: tuple[RaterLine, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What tells the slices apart."""
        return tuple(self.lines[0].slice) if self.lines else ()

    @property
    def names(self) -> tuple[str, ...]:
        """The published names of all coefficients, in the order they are shown."""
        found = (e.name for line in self.lines for e in line.estimates)
        return tuple(dict.fromkeys(found))


def report_of(
    parts: Sequence[Part],
    facts: Facts | None = None,
    *,
    least: int = LEAST_PAIRABLE,
    level: float = 0.95,
    also: Sequence[str] = (),
    raters: Sequence[RaterLine] = (),
) -> Report:
    """The report of `parts`. A slice with fewer than `least` items with two ratings or
    more keeps its counts and loses its values.

    `also` names further coefficients of `METRICS` for the scales with categories.
    ValueError for parts with different dimensions, for an unknown name, and for one
    that needs an order or values which the categories of a part have not.
    """
    for part in parts:
        if tuple(part.slice) != tuple(parts[0].slice):
            raise ValueError(
                f"slices by {', '.join(parts[0].slice)} and by "
                f"{', '.join(part.slice)} do not make one report"
            )
    if not parts:
        unknown = [name for name in also if name not in METRICS]
        if unknown:
            raise ValueError(f"there is no coefficient {unknown[0]!r}")
    return Report(
        lines=tuple(_line(part, least, level, also) for part in parts),
        facts=facts or Facts(),
        level=level,
        least=least,
        raters=tuple(raters),
    )


def _line(part: Part, least: int, level: float, also: Sequence[str]) -> Line:
    counted = part.counted
    values = _values(part)
    further = [
        coefficient_for(name, part.scale, values) for name in dict.fromkeys(also)
    ]
    if isinstance(counted, Numbers):
        if part.scale != counted.scale:
            raise ValueError(f"{counted.scale} numbers are on no {part.scale} scale")
        return _numeric(part, counted, least, level)
    if counted.n_pairable < least:
        return _counts(part, counted, withheld=_too_few(counted.n_pairable, least))
    estimates = measure(counted, part.scale, level=level)
    shown = {e.name for e in estimates}
    extra = [c(counted, level=level) for c in further if c.name not in shown]
    placed = any(NEEDS[e.name] == VALUES for e in extra)
    return _counts(
        part,
        counted,
        estimates=(*estimates, *extra),
        labels=_labels(counted, level),
        flags=flags_of(counted, estimates, raters=part.raters),
        table=counted,
        values=values if placed else None,
    )


def _values(part: Part) -> tuple[float, ...] | None:
    if isinstance(part.counted, Numbers):
        return None
    return part.values or values_of(part.counted.categories)


def _numeric(part: Part, numbers: Numbers, least: int, level: float) -> Line:
    counted = numbers.counted
    if counted.n_pairable < least:
        return _counts(part, counted, withheld=_too_few(counted.n_pairable, least))
    estimates = numbers.measure(level=level)
    raised = flags_of(counted, estimates, raters=part.raters)
    # The one category of these tables is no label that could be rare.
    flags = tuple(flag for flag in raised if flag.code != "rare-category")
    return _counts(part, counted, estimates=estimates, flags=flags)


def _counts(
    part: Part,
    counted: PatternTable,
    *,
    estimates: tuple[Estimate, ...] = (),
    labels: tuple[LabelLine, ...] = (),
    flags: tuple[Flag, ...] = (),
    withheld: str = "",
    table: PatternTable | None = None,
    values: tuple[float, ...] | None = None,
) -> Line:
    return Line(
        slice=dict(part.slice),
        scale=part.scale,
        items=counted.n_items,
        pairable=counted.n_pairable,
        ratings=counted.n_ratings,
        raters=part.raters,
        ratings_per_item=counted.ratings_per_item,
        categories=() if isinstance(part.counted, Numbers) else counted.categories,
        estimates=estimates,
        labels=labels,
        flags=flags,
        withheld=withheld,
        table=table,
        values=values,
    )


def _labels(table: PatternTable, level: float) -> tuple[LabelLine, ...]:
    agreement = specific_agreement(table, level=level)
    return tuple(
        LabelLine(
            label=label,
            ratings=count,
            share=share_of_ratings(table, [label], level=level),
            agreement=agreement[label],
        )
        for label, count in zip(table.categories, table.label_counts, strict=True)
    )


def _too_few(pairable: int, least: int) -> str:
    items = "1 item has" if pairable == 1 else f"{pairable} items have"
    return (
        f"Withheld: {items} two ratings or more, and below {least} a number says "
        "more about these items than about the raters."
    )
