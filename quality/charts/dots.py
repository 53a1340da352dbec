"""Dots with intervals: one row per language, one lane per coefficient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quality.charts.scale import WIDTH, colour, nice_ticks, number, wrapped
from quality.charts.shapes import SHAPES, outline

_LEFT: Final = 92.0  # where the scale starts: names of coefficients stand before it
_RIGHT: Final = 276.0  # where it ends: values stand behind it
_HEADING: Final = 20.0
_LANE: Final = 20.0
# A lane that is a link is a target of 24 CSS pixels even at nine tenths of full size.
_LINK_LANE: Final = 28.0
_LINE: Final = 13.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One coefficient of one row: a value with bounds, or the reason for none."""

    series: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    undefined: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.undefined):
            raise ValueError(f"{self.series} needs either a value or a reason")
        known = [n for n in (self.value, self.low, self.high) if n is not None]
        if not all(-1 <= n <= 1 for n in known):
            raise ValueError(f"{self.series} lies outside -1 to 1: {known}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a dot chart, such as a language; a short `note` stands behind its label."""

    label: str
    readings: Sequence[Reading]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One lane: the mark at (x, y), its interval from `low_x` to `high_x`, its words."""

    label: tuple[Line, ...]
    shape: str
    path: str
    colour: str
    x: float
    y: float
    top: float
    height: float
    low_x: float | None
    high_x: float | None
    value: str
    reason: tuple[Line, ...]
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Band:
    """A row as drawn: its heading at `y`, its marks below."""

    label: str
    note: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DotChart:
    """Dots with intervals, every row on one scale. `key` makes ids unique on a page."""

    key: str
    title: str
    description: str
    width: int
    height: float
    left: float
    right: float
    reason_x: float
    axis_y: float
    zero_x: float | None
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    is_linked: bool


def dot_chart(
    rows: Sequence[Row], *, key: str, title: str, description: str = ""
) -> DotChart:
    """Dots with intervals on a scale shared by all rows, reaching from 0 or below to 1.

    Series keep shape and colour by their order of first appearance.
    """
    ticks = nice_ticks(min(0.0, *_lowest(rows)), 1.0)
    series = list(dict.fromkeys(r.series for row in rows for r in row.readings))
    is_linked = any(r.href for row in rows for r in row.readings)
    lane = _LINK_LANE if is_linked else _LANE
    y, bands = 0.0, []
    for row in rows:
        marks, top = [], y + _HEADING
        for reading in row.readings:
            place = series.index(reading.series)
            marks.append(_mark(reading, row.label, place, top, lane, ticks))
            top += marks[-1].height
        bands.append(Band(row.label, row.note, y + 14, tuple(marks)))
        y = top + 4
    return DotChart(
        key=key,
        title=title,
        description=description or "; ".join(m.title for b in bands for m in b.marks),
        width=WIDTH,
        height=y + 20,
        left=_LEFT,
        right=_RIGHT,
        reason_x=_LEFT + 18,
        axis_y=y + 14,
        zero_x=_x(0.0, ticks) if ticks[0] < 0 else None,
        ticks=tuple(Tick(_x(t, ticks), f"{t:g}".replace("-", "−")) for t in ticks),
        bands=tuple(bands),
        is_linked=is_linked,
    )


def _lowest(rows: Sequence[Row]) -> Iterator[float]:
    yield 0.0
    for row in rows:
        for reading in row.readings:
            yield from (n for n in (reading.low, reading.value) if n is not None)


def _x(value: float, ticks: Sequence[float]) -> float:
    share = (value - ticks[0]) / (ticks[-1] - ticks[0])
    return round(_LEFT + share * (_RIGHT - _LEFT), 2)


def _mark(
    reading: Reading,
    row: str,
    place: int,
    top: float,
    lane: float,
    ticks: Sequence[float],
) -> Mark:
    has_value = reading.value is not None
    label = wrapped(reading.series, _LEFT - 10)
    reason = () if has_value else wrapped(reading.undefined, WIDTH - _LEFT - 20)
    height = max(lane, _LINE * max(len(label), len(reason)) + 7)
    x = _LEFT + 6 if reading.value is None else _x(reading.value, ticks)
    y = top + height / 2
    shape = SHAPES[place % len(SHAPES)]
    bounds = (reading.low, reading.high) if has_value else (None, None)
    low_x, high_x = (None if b is None else _x(b, ticks) for b in bounds)
    return Mark(
        label=_lines(label, y),
        shape=shape,
        path=outline(shape, x, y),
        colour=colour(place) if has_value else "chart-undefined",
        x=x,
        y=y,
        top=top,
        height=height,
        low_x=low_x,
        high_x=high_x,
        value="" if reading.value is None else number(reading.value),
        reason=_lines(reason, y),
        title=f"{row}, {reading.series}: {_spoken(reading)}",
        href=reading.href,
    )


def _lines(texts: Sequence[str], y: float) -> tuple[Line, ...]:
    """Baselines of lines whose middle is at `y`."""
    first = y + 4 - _LINE * (len(texts) - 1) / 2
    return tuple(Line(first + _LINE * k, text) for k, text in enumerate(texts))


def _spoken(reading: Reading) -> str:
    if reading.value is None:
        return f"undefined, {reading.undefined}"
    if reading.low is None or reading.high is None:
        return f"{number(reading.value)}, no interval"
    low, high = number(reading.low), number(reading.high)
    return f"{number(reading.value)}, interval {low} to {high}"
