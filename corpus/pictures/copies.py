"""Pixels to the two files that people see: the display copy and the thumbnail.

Both are drawn afresh. Nothing of the original file but its pixels is in them: no
metadata, no colour profile, no bytes behind the end of the picture.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image as Pillow

from corpus.pictures.decoding import decode, fitted

DISPLAY_SIDE = 1600
SMALL_SIDE = 256
DISPLAY_QUALITY = 90
SMALL_QUALITY = 82
# A drawing has few colours for its size; a photograph nearly one for every pixel.
PHOTO_COLOURS = 1 / 4

TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
LYING = (5, 6, 7, 8)
SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")


@dataclass(frozen=True, slots=True)
class Copies:
    """What is shown of an original. `width` and `height` are its own, upright."""

    media_type: str
    width: int
    height: int
    display: bytes
    small: bytes


def make(original: bytes) -> Copies:
    """The display copy and the thumbnail. Raises PictureError with the reason."""
    decoded = decode(original, side=DISPLAY_SIDE)
    pixels = _plain(decoded.pixels)
    is_photo = _is_photo(pixels, decoded.format)
    shown = _shrunk(pixels, DISPLAY_SIDE)
    if decoded.orientation in TURNS:
        shown = shown.transpose(TURNS[decoded.orientation])
    small = _shrunk(shown, SMALL_SIDE)
    width, height = decoded.width, decoded.height
    if decoded.orientation in LYING:
        width, height = height, width
    return Copies(
        media_type=Pillow.MIME[decoded.format],
        width=width,
        height=height,
        display=_encoded(shown, DISPLAY_QUALITY if is_photo else None),
        small=_encoded(small, SMALL_QUALITY if is_photo else None),
    )


def _plain(picture: Pillow.Image) -> Pillow.Image:
    """The picture as L, RGB or, if any of it can be seen through, RGBA."""
    if picture.mode in SIXTEEN_BITS:
        # A plain conversion would cut everything above 255 to white.
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info:
        pixels = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        is_opaque = pixels.getchannel("A").getextrema() == (255, 255)
        return pixels.convert("RGB") if is_opaque else pixels
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _is_photo(pixels: Pillow.Image, kind: str) -> bool:
    """Whether JPEG will do it justice: it was one, or has the colours of a photograph."""
    if pixels.mode == "RGBA":
        return False
    if kind == "JPEG":
        return True
    size = fitted(pixels.size, SMALL_SIDE)
    sample = pixels.resize(size, Pillow.Resampling.NEAREST)
    return sample.getcolors(int(size[0] * size[1] * PHOTO_COLOURS)) is None


def _shrunk(pixels: Pillow.Image, side: int) -> Pillow.Image:
    size = fitted(pixels.size, side)
    if size == pixels.size:
        return pixels
    return pixels.resize(size, Pillow.Resampling.BICUBIC, reducing_gap=2.0)


def _encoded(pixels: Pillow.Image, quality: int | None) -> bytes:
    """A JPEG of that quality, or a PNG if there is none."""
    fresh = Pillow.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    out = io.BytesIO()
    if quality is None:
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "JPEG", quality=quality)
    return out.getvalue()
