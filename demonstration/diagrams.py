"""Four diagrams of the kind that school books print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import (
    Circle,
    FancyArrowPatch,
    FancyBboxPatch,
    Polygon,
    Rectangle,
)

from demonstration.creatures import CREATURES
from demonstration.drawing import BLUE, GREEN, INK, ORANGE, canvas, plain_style, png

Point = tuple[float, float]


def arrow(
    axes: Axes, start: Point, end: Point, *, bend: float = 0.0, colour: str = INK
) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>,head_length=9,head_width=6",
            lw=3,
            color=colour,
            shrinkA=0,
            shrinkB=0,
        )
    )


def food_chain() -> bytes:
    """Grass, grasshopper, frog, snake, hawk: arrows point to the eater."""
    figure, axes = canvas(12, 3.6)
    for n, (name, draw_creature) in enumerate(CREATURES.items()):
        left = 0.3 + 2.35 * n
        axes.add_patch(_box(left, 0.55, 1.75, 2.2, "#f1f7ec", GREEN))
        draw_creature(axes, left + 0.875, 1.85)
        axes.text(left + 0.875, 0.85, name, ha="center", va="center", fontsize=14)
        if n:
            arrow(axes, (left - 0.52, 1.65), (left - 0.07, 1.65))
    axes.text(0.3, 3.15, "A food chain in a meadow", fontsize=17, fontweight="bold")
    return png(figure)


def water_cycle() -> bytes:
    """Sea, sun, clouds and a mountain, with four numbered arrows."""
    figure, axes = canvas(10, 6.2)
    _landscape(axes)
    steps: list[tuple[str, Point, Point, float, Point]] = [
        ("1", (1.9, 1.5), (2.5, 4.1), 0.12, (1.75, 2.85)),
        ("2", (4.0, 4.9), (6.2, 4.9), -0.15, (5.1, 5.45)),
        ("3", (7.3, 4.2), (7.7, 3.4), 0.0, (8.05, 4.0)),
        ("4", (6.5, 1.55), (4.7, 0.75), -0.12, (6.3, 0.95)),
    ]
    for number, start, end, bend, place in steps:
        arrow(axes, start, end, bend=bend, colour="#1b3a57")
        axes.add_patch(Circle(place, 0.27, color="#1b3a57"))
        axes.text(*place, number, color="white", ha="center", va="center_baseline")
    return png(figure)


def _landscape(axes: Axes) -> None:
    axes.add_patch(Rectangle((0, 0), 10, 6.2, color="#dceefb"))
    axes.add_patch(Circle((0.95, 5.35), 0.5, color="#f6c945"))
    for turn in np.linspace(0, 2 * np.pi, 12, endpoint=False):
        x, y = np.cos(turn), np.sin(turn)
        ray = [(0.95 + r * x, 5.35 + r * y) for r in (0.6, 0.78)]
        axes.plot(*zip(*ray, strict=True), color="#f6c945", lw=3)
    ridge = [(4.2, 0.9), (6.2, 2.6), (7.0, 2.3), (8.4, 3.9), (10, 2.2), (10, 0)]
    axes.add_patch(Polygon([*ridge, (4.2, 0)], color="#8fae7f"))
    river = [(7.55, 2.95), (7.1, 2.2), (6.2, 1.95), (5.3, 1.3), (4.4, 1.15)]
    axes.plot(*zip(*river, strict=True), color="#4a90c2", lw=6, solid_joinstyle="round")
    snow = [(7.86, 3.28), (8.4, 3.9), (8.98, 3.28), (8.6, 3.4), (8.35, 3.2)]
    axes.add_patch(Polygon(snow, color="white"))
    axes.add_patch(Polygon([(0, 0), (0, 1.3), (4.4, 1.3), (5.2, 0)], color="#4a90c2"))
    for x in np.arange(0.3, 4.0, 0.75):
        wave = np.linspace(0, np.pi, 20)
        axes.plot(x + wave * 0.14, 0.75 + 0.08 * np.sin(wave), color="white", lw=2)
    _cloud(axes, 2.9, 4.6)
    _cloud(axes, 7.2, 4.75)
    for x in (6.45, 6.75, 7.05):
        axes.plot([x, x - 0.08], [4.1, 3.75], color=BLUE, lw=2.5)


def _cloud(axes: Axes, x: float, y: float) -> None:
    puffs = [(-0.7, 0, 0.38), (-0.2, 0.22, 0.5), (0.4, 0.12, 0.45), (0.8, -0.05, 0.3)]
    for dx, dy, radius in puffs:
        axes.add_patch(Circle((x + dx, y + dy), radius, color="white"))
    axes.add_patch(Rectangle((x - 0.7, y - 0.38), 1.5, 0.4, color="white"))


def circuit() -> bytes:
    """A battery, a lamp and an open switch in one loop."""
    figure, axes = canvas(8, 5)
    wires: list[Sequence[Point]] = [
        [(3.7, 0.9), (1.2, 0.9), (1.2, 2.05)],
        [(1.2, 2.95), (1.2, 4.2), (3.3, 4.2)],
        [(4.7, 4.2), (6.8, 4.2), (6.8, 3.05)],
        [(6.8, 1.95), (6.8, 0.9), (4.3, 0.9)],
    ]
    for wire in wires:
        axes.plot(*zip(*wire, strict=True), color=INK, lw=3, solid_capstyle="round")
    axes.plot([1.2, 0.62], [2.05, 2.86], color=ORANGE, lw=4, solid_capstyle="round")
    for y in (2.05, 2.95):
        axes.add_patch(Circle((1.2, y), 0.09, color=INK, zorder=3))
    axes.plot([3.7, 3.7], [0.5, 1.3], color=INK, lw=3)
    axes.plot([4.3, 4.3], [0.68, 1.12], color=INK, lw=7)
    lamp = Circle((6.8, 2.5), 0.55, facecolor="#f3f3ee", edgecolor=INK, lw=3)
    axes.add_patch(lamp)
    for sign in (1, -1):
        axes.plot([6.41, 7.19], [2.5 - 0.39 * sign, 2.5 + 0.39 * sign], color=INK, lw=3)
    axes.plot([3.3, 4.7], [4.2, 4.2], color=INK, lw=3)
    words = [("switch", 1.5, 2.5, "left"), ("lamp", 6.05, 2.5, "right")]
    for text, x, y, side in [*words, ("battery", 4.0, 1.6, "center")]:
        axes.text(x, y, text, ha=side, va="center", fontsize=15)
    return png(figure)


def lamp_repair() -> bytes:
    """The flow chart of a lamp that does not work."""
    figure, axes = canvas(8.6, 7.6)
    steps = [(7.0, "The lamp does not work"), (5.05, "Is it\nplugged in?")]
    steps += [(2.65, "Is the bulb\nburned out?"), (0.6, "Repair the lamp")]
    for y, text in steps:
        is_question = "?" in text
        shape = _diamond(2.6, y) if is_question else _card(2.6, y)
        axes.add_patch(shape)
        axes.text(2.6, y, text, ha="center", va="center", fontsize=14)
    for y, text in ((5.05, "Plug in the lamp"), (2.65, "Replace the bulb")):
        axes.add_patch(_card(6.7, y))
        axes.text(6.7, y, text, ha="center", va="center", fontsize=14)
        arrow(axes, (4.05, y), (5.2, y))
        axes.text(4.55, y + 0.17, "No" if y > 3 else "Yes", ha="center", fontsize=13)
    for top, bottom, text in (
        (6.65, 5.97, ""),
        (4.15, 3.57, "Yes"),
        (1.75, 0.97, "No"),
    ):
        arrow(axes, (2.6, top), (2.6, bottom))
        axes.text(2.8, (top + bottom) / 2, text, va="center", fontsize=13)
    return png(figure)


def _box(
    x: float, y: float, width: float, height: float, fill: str, edge: str
) -> FancyBboxPatch:
    return FancyBboxPatch(
        (x, y),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=0.14",
        facecolor=fill,
        edgecolor=edge,
        lw=2,
    )


def _card(x: float, y: float) -> FancyBboxPatch:
    return _box(x - 1.45, y - 0.35, 2.9, 0.7, "#e4eef7", BLUE)


def _diamond(x: float, y: float) -> Polygon:
    corners = [(x - 1.45, y), (x, y + 0.9), (x + 1.45, y), (x, y - 0.9)]
    return Polygon(corners, facecolor="#fdf0d8", edgecolor=ORANGE, lw=2)


def draw() -> dict[str, bytes]:
    """All diagrams by file name."""
    drawers: list[Callable[[], bytes]] = [food_chain, water_cycle, circuit, lamp_repair]
    with plain_style():
        return {f"{drawer.__name__}.png": drawer() for drawer in drawers}
