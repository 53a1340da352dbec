"""A museum's door sign, for reading; and a colour wheel, for naming colours."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Wedge

from demonstration.drawing import canvas, plain_style, png

#: Clockwise from the top; each lies opposite its complement.
COLOURS: Final = {
    "red": "#d7263d",
    "orange": "#f08a24",
    "yellow": "#f5d328",
    "green": "#2e9e4f",
    "blue": "#2463c4",
    "violet": "#7b3fa0",
}


def sign() -> bytes:
    """Opening hours in white on a blue board."""
    figure, axes = canvas(7, 5)
    axes.add_patch(_board(0.25, 4.5, "#123a5c"))
    axes.add_patch(_board(0.42, 4.16, "#1d557f"))
    sails = [[(3.46, 3.55), (3.46, 4.35), (2.95, 3.55)]]
    sails += [[(3.54, 3.55), (3.54, 4.2), (3.95, 3.55)]]
    hull = [(2.8, 3.45), (4.2, 3.45), (3.95, 3.2), (3.05, 3.2)]
    for shape in [*sails, hull]:
        axes.add_patch(Polygon(shape, color="white"))
    along = np.linspace(2.6, 4.4, 80)
    axes.plot(along, 3.1 + 0.04 * np.sin(along * 14), color="white", lw=2)
    lines = [
        (2.6, 27, "bold", "HARBOUR MUSEUM"),
        (1.95, 19, "normal", "Open Tuesday to Sunday"),
        (1.42, 23, "bold", "10:00 – 17:30"),
        (0.85, 17, "normal", "Closed on Mondays"),
    ]
    for y, size, weight, text in lines:
        axes.text(
            3.5,
            y,
            text,
            color="white",
            fontsize=size,
            fontweight=weight,
            ha="center",
            va="center",
        )
    return png(figure)


def _board(margin: float, height: float, fill: str) -> FancyBboxPatch:
    return FancyBboxPatch(
        (margin, margin),
        7 - 2 * margin,
        height,
        boxstyle="round,pad=0,rounding_size=0.25",
        facecolor=fill,
        edgecolor="white",
        lw=1.5,
    )


def colour_wheel() -> bytes:
    """Six sectors without a word on them."""
    figure, axes = canvas(5, 5)
    for n, colour in enumerate(COLOURS.values()):
        middle = 90 - 60 * n
        sector = Wedge((2.5, 2.5), 2.2, middle - 30, middle + 30)
        sector.set(facecolor=colour, edgecolor="white", linewidth=4)
        axes.add_patch(sector)
    axes.add_patch(Circle((2.5, 2.5), 0.6, color="white"))
    return png(figure)


def draw() -> dict[str, bytes]:
    """Both by file name."""
    with plain_style():
        return {"sign.png": sign(), "colour_wheel.png": colour_wheel()}
