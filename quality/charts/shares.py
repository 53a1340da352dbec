"""Stacked shares: how the ratings of one row fall on the labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quality.charts.scale import LETTER, WIDTH, colour, wrapped

_BAR: Final = 14.0
_GAP: Final = 8.0  # the least distance of two numbers below a bar
_SWATCH: Final = 12.0
_LINE: Final = 15.0
_EMPTY: Final = "there are no complete ratings yet"


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each label was given in one row; `hrefs` lead to the items, if any."""

    label: str
    counts: Sequence[int]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One label's share of a bar. `index` counts from 1 and is printed below it."""

    index: int
    colour: str
    x: float
    width: float
    index_x: float | None
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of one label below its bar; a swatch comes before them, from x on."""

    lines: tuple[str, ...]
    colour: str
    x: float
    y: float
    text_x: float
    swatch_y: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One stacked bar with its heading, or the reason why it is hollow."""

    label: str
    note: str
    y: float
    bar_y: float
    number_y: float
    reason: str
    segments: tuple[Segment, ...]
    legends: tuple[Legend, ...]


@dataclass(frozen=True, slots=True)
class SharesChart:
    """Stacked shares of label counts, one bar per row, all bars equally long."""

    key: str
    title: str
    description: str
    width: int
    height: float
    hollow_width: float
    bar_height: float
    bars: tuple[Bar, ...]
    is_linked: bool


def shares_chart(
    rows: Sequence[Counts],
    *,
    labels: Sequence[str],
    key: str,
    title: str,
    description: str = "",
) -> SharesChart:
    """Stacked shares, one bar per row; ValueError when counts and labels do not fit."""
    bars, y = [], 0.0
    for row in rows:
        _check(row, labels)
        bar = _bar(row, labels, y)
        bars.append(bar)
        y = max([bar.bar_y + _BAR, *(legend.bottom for legend in bar.legends)]) + 12
    told = (f"{b.label}: {_words(b)}." for b in bars)
    return SharesChart(
        key=key,
        title=title,
        description=description or " ".join(told),
        width=WIDTH,
        height=y,
        hollow_width=WIDTH - 1.0,
        bar_height=_BAR,
        bars=tuple(bars),
        is_linked=any(href for row in rows for href in row.hrefs),
    )


def _check(row: Counts, labels: Sequence[str]) -> None:
    if len(row.counts) != len(labels):
        raise ValueError(
            f"{row.label}: {len(row.counts)} counts for {len(labels)} labels"
        )
    if row.hrefs and len(row.hrefs) != len(labels):
        raise ValueError(
            f"{row.label}: {len(row.hrefs)} links for {len(labels)} labels"
        )
    if any(count < 0 for count in row.counts):
        raise ValueError(f"{row.label}: a count cannot be negative")


def _bar(row: Counts, labels: Sequence[str], top: float) -> Bar:
    total = sum(row.counts)
    bar_y = top + 20
    return Bar(
        label=row.label,
        note=f"n = {total}",
        y=top + 14,
        bar_y=bar_y,
        number_y=bar_y + _BAR + 10,
        reason="" if total else _EMPTY,
        segments=tuple(_segments(row, labels, total)) if total else (),
        legends=tuple(_legends(row, labels, total, bar_y + 42)) if total else (),
    )


def _segments(row: Counts, labels: Sequence[str], total: int) -> Iterator[Segment]:
    x, printed = 0.0, -_GAP
    for place, (label, count) in enumerate(zip(labels, row.counts, strict=True)):
        width = WIDTH * count / total
        if count:
            middle = min(max(x + width / 2, 4), WIDTH - 4)
            is_clear = middle - printed >= _GAP
            printed = middle if is_clear else printed
            yield Segment(
                index=place + 1,
                colour=colour(place),
                x=round(x, 2),
                width=round(width, 2),
                index_x=round(middle, 2) if is_clear else None,
                title=f"{row.label}, {label}: {_percent(count, total)} ({count})",
                href=row.hrefs[place] if row.hrefs else "",
            )
        x += width


def _legends(
    row: Counts, labels: Sequence[str], total: int, top: float
) -> Iterator[Legend]:
    """The labels in a line that breaks where the next one would not fit."""
    x, y = 0.0, top
    for place, (label, count) in enumerate(zip(labels, row.counts, strict=True)):
        text = f"{place + 1} {label} {_percent(count, total)}"
        lines = wrapped(text, WIDTH - _SWATCH)
        width = _SWATCH + LETTER * len(text) + 10
        if x and x + width > WIDTH:
            x, y = 0.0, y + _LINE
        yield Legend(
            lines=lines,
            colour=colour(place),
            x=round(x, 2),
            y=y,
            text_x=round(x + _SWATCH, 2),
            swatch_y=y - 8,
            bottom=y + _LINE * (len(lines) - 1),
        )
        x, y = x + width, y + _LINE * (len(lines) - 1)


def _percent(count: int, total: int) -> str:
    """Whole percents that say 0 and 100 only where it is exactly that."""
    share = round(100 * count / total)
    if count and not share:
        return "<1 %"
    if count < total and share == 100:
        return ">99 %"
    return f"{share} %"


def _words(bar: Bar) -> str:
    return bar.reason or ", ".join(" ".join(legend.lines) for legend in bar.legends)
