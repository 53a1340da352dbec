"""The outlines that tell one coefficient from another without colour."""

from __future__ import annotations

from typing import Final

SHAPES: Final = ("circle", "square", "diamond", "triangle", "cross")

# Around (0, 0) and of about equal area; lower-case commands are relative.
_OUTLINES: Final = {
    "circle": "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "square": "m-4-4h8v8h-8z",
    "diamond": "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "triangle": "m0-5.5l5.5 9.5h-11z",
    "cross": "m-1.5-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
}


def outline(shape: str, x: float, y: float) -> str:
    """SVG path data of `shape` centred on (x, y)."""
    return f"M{x:g} {y:g}{_OUTLINES[shape]}"
