"""Paper and pen for charts and diagrams: a figure in, the same PNG bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

BLUE: Final = "#0072b2"
ORANGE: Final = "#d97706"
GREEN: Final = "#00835f"
PINK: Final = "#b3568b"
SKY: Final = "#56b4e9"
YELLOW: Final = "#e6c229"
GREY: Final = "#6d6d66"
INK: Final = "#22221f"
RULE: Final = "#d8d8d2"

DOTS_PER_INCH = 100


@contextmanager
def plain_style() -> Iterator[None]:
    """matplotlib as it comes, whatever the machine's own settings say."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "font.family": "DejaVu Sans",
                "font.size": 13,
                "text.color": INK,
                "axes.edgecolor": GREY,
                "axes.labelcolor": INK,
                "axes.spines.top": False,
                "axes.spines.right": False,
                "axes.axisbelow": True,
                "xtick.color": INK,
                "ytick.color": INK,
            }
        )
        yield


def page(width: float, height: float) -> tuple[Figure, Axes]:
    """A white figure of this size in inches, and its one pair of axes."""
    margins = ConstrainedLayoutEngine(w_pad=0.25, h_pad=0.25)
    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, layout=margins)
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A page to draw on freely: one unit is one inch, no axes to be seen."""
    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    return figure, axes


def titled(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontsize=18, fontweight="bold", pad=16)


def png(figure: Figure) -> bytes:
    """The figure as PNG without date or program version: same figure, same bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
