"""The members of the food chain, each drawn around a point in a few strokes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Polygon

LEAF = "#3f8f3a"
MOSS = "#7fb04a"
BROWN = "#8a5a2b"
DARK = "#3b2a1a"


def grass(axes: Axes, x: float, y: float) -> None:
    for lean in (-0.5, -0.3, -0.12, 0.05, 0.22, 0.4, 0.55):
        up = np.linspace(0, 1, 15)
        height = 1.05 - 0.5 * abs(lean)
        axes.plot(
            x + 0.35 * lean + lean * up**2 * 0.7,
            y - 0.5 + height * up,
            color=LEAF,
            lw=4,
            solid_capstyle="round",
        )


def grasshopper(axes: Axes, x: float, y: float) -> None:
    axes.add_patch(Ellipse((x, y), 1.05, 0.26, angle=12, color=MOSS))
    axes.add_patch(Circle((x + 0.52, y + 0.14), 0.15, color=MOSS))
    axes.add_patch(Circle((x + 0.57, y + 0.19), 0.035, color=DARK))
    _stroke(axes, x, y, [(0.0, 0.0), (-0.35, 0.42), (-0.5, -0.38)], LEAF, 4)
    _stroke(axes, x, y, [(0.2, 0.0), (0.12, -0.36)], LEAF, 3)
    _stroke(axes, x, y, [(0.38, 0.05), (0.42, -0.34)], LEAF, 3)
    _stroke(axes, x, y, [(0.6, 0.25), (0.72, 0.55)], LEAF, 2)


def frog(axes: Axes, x: float, y: float) -> None:
    for side in (-1, 1):
        axes.add_patch(Ellipse((x + 0.48 * side, y - 0.3), 0.42, 0.3, color=LEAF))
        axes.add_patch(Circle((x + 0.26 * side, y + 0.3), 0.15, color=MOSS))
        axes.add_patch(Circle((x + 0.26 * side, y + 0.32), 0.08, color="white"))
        axes.add_patch(Circle((x + 0.26 * side, y + 0.32), 0.04, color=DARK))
    axes.add_patch(Ellipse((x, y - 0.1), 0.95, 0.72, color=MOSS))
    smile = np.linspace(-0.26, 0.26, 15)
    axes.plot(x + smile, y - 0.08 + smile**2 * 1.4, color=DARK, lw=2)


def snake(axes: Axes, x: float, y: float) -> None:
    along = np.linspace(0, 1, 80)
    height = y - 0.1 + 0.22 * np.sin(along * 3.4 * np.pi)
    axes.plot(x - 0.65 + along, height, color=BROWN, lw=11, solid_capstyle="round")
    axes.plot(x - 0.65 + along, height, color="#c99a5b", lw=2, ls=(0, (2, 2)))
    axes.add_patch(Ellipse((x + 0.42, y - 0.28), 0.36, 0.24, color=BROWN))
    axes.add_patch(Circle((x + 0.47, y - 0.24), 0.035, color="white"))
    _stroke(axes, x, y, [(0.58, -0.3), (0.7, -0.32)], "#c0392b", 2)


def hawk(axes: Axes, x: float, y: float) -> None:
    wing = [(0.0, 0.12), (0.32, 0.42), (0.76, 0.34), (0.6, 0.16), (0.5, 0.16)]
    wing += [(0.36, -0.02), (0.1, -0.12)]
    for side in (-1, 1):
        corners = [(x + side * dx, y + dy) for dx, dy in wing]
        axes.add_patch(Polygon(corners, color=BROWN))
    axes.add_patch(Ellipse((x, y), 0.28, 0.66, color=DARK))
    axes.add_patch(
        Polygon([(x, y - 0.2), (x - 0.2, y - 0.55), (x + 0.2, y - 0.55)], color=BROWN)
    )
    axes.add_patch(Circle((x, y + 0.34), 0.14, color=DARK))
    beak = [(x - 0.05, y + 0.44), (x + 0.05, y + 0.44), (x, y + 0.58)]
    axes.add_patch(Polygon(beak, color="#e6c229"))


def _stroke(
    axes: Axes,
    x: float,
    y: float,
    points: list[tuple[float, float]],
    colour: str,
    width: float,
) -> None:
    xs, ys = zip(*points, strict=True)
    axes.plot(
        [x + dx for dx in xs],
        [y + dy for dy in ys],
        color=colour,
        lw=width,
        solid_capstyle="round",
        solid_joinstyle="round",
    )


#: From the eaten to the eater.
CREATURES: Final[dict[str, Callable[[Axes, float, float], None]]] = {
    "Grass": grass,
    "Grasshopper": grasshopper,
    "Frog": frog,
    "Snake": snake,
    "Hawk": hawk,
}
