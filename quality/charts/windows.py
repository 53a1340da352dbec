"""A value over time, small enough for a table's cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quality.charts.scale import number

_WIDTH: Final = 120.0
_HEIGHT: Final = 40.0
_EDGE: Final = 6.0


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of time: its name for the screen reader, a value and its interval."""

    label: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """A window as drawn."""

    x: float
    y: float
    low_y: float | None
    high_y: float | None
    title: str


@dataclass(frozen=True, slots=True)
class WindowsChart:
    """Points joined by a line, each with its interval; later is further right."""

    key: str
    title: str
    width: float
    height: float
    points: tuple[Point, ...]
    line: str


def windows_chart(
    windows: Sequence[Window], *, key: str, title: str, least: float, most: float
) -> WindowsChart:
    """The windows of one row, on a scale from `least` to `most` that all rows share.

    ValueError for a scale without length.
    """
    if not least < most:
        raise ValueError(f"a scale from {least} to {most} has no length")
    step = (_WIDTH - 2 * _EDGE) / max(len(windows) - 1, 1)

    def y(value: float) -> float:
        share = (min(max(value, least), most) - least) / (most - least)
        return round(_HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE), 2)

    points = tuple(
        Point(
            x=round(_EDGE + n * step, 2),
            y=y(window.value),
            low_y=None if window.low is None else y(window.low),
            high_y=None if window.high is None else y(window.high),
            title=_spoken(window),
        )
        for n, window in enumerate(windows)
    )
    line = "M" + "L".join(f"{p.x:g} {p.y:g}" for p in points) if points else ""
    return WindowsChart(key, title, _WIDTH, _HEIGHT, points, line)


def _spoken(window: Window) -> str:
    if window.low is None or window.high is None:
        return f"{window.label}: {number(window.value)}, no interval"
    low, high = number(window.low), number(window.high)
    return f"{window.label}: {number(window.value)}, interval {low} to {high}"
