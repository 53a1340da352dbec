"""What every chart shares: the view box, round ticks, colours, wrapped words."""

from __future__ import annotations

import textwrap
from math import ceil, floor, log10
from typing import Final

WIDTH: Final = 320
COLOURS: Final = 5
LETTER: Final = 5.6  # mean width of a letter at font size 11


def nice_ticks(low: float, high: float, *, at_most: int = 6) -> tuple[float, ...]:
    """Round numbers, 1, 2 or 5 times a power of ten apart, that span low to high.

    >>> nice_ticks(-0.13, 1)
    (-0.5, 0.0, 0.5, 1.0)
    """
    if not low < high:
        raise ValueError(f"a scale from {low} to {high} has no length")
    if at_most < 3:
        raise ValueError("a scale around a round number needs three ticks")
    power = floor(log10((high - low) / at_most))
    steps = (m * 10.0**e for e in range(power, power + 3) for m in (1, 2, 5))
    return next(
        ticks
        for ticks in (_every(s, low, high) for s in steps)
        if len(ticks) <= at_most
    )


def _every(step: float, low: float, high: float) -> tuple[float, ...]:
    """The multiples of `step` around low to high."""
    # Rounding first: 0.3 / 0.1 must not count as a hair more than 3.
    first, last = floor(round(low / step, 9)), ceil(round(high / step, 9))
    return tuple(round(k * step, 12) for k in range(first, last + 1))


def colour(place: int) -> str:
    """The class of the series or label at `place`, from 0; five, then again."""
    return f"chart-{place % COLOURS + 1}"


def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Lines of `text` that fit into `width` units."""
    return tuple(textwrap.wrap(text, max(int(width / LETTER), 8)))


def number(value: float) -> str:
    """Two decimals, with a true minus sign; 1.00 only for a value of 1.

    A dissent in a thousand must not read as perfect agreement.
    """
    text = f"{value:.2f}"
    if text == "1.00" and value < 1:
        text = ">0.99"
    return text.replace("-0.00", "0.00").replace("-", "−")
