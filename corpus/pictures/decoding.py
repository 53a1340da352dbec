"""Bytes to pixels, under limits that hold before anything is decoded.

The format is what the first bytes say; names and headers count for nothing. Every error
is a sentence of ours: a picture may come from anywhere, and so may the words in it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
# Inside legal sizes a file can still ask for hours: every scan of a progressive JPEG
# walks over the whole picture, every chunk of a PNG is a turn of a Python loop.
MAX_SCANS = 100
MAX_PARTS = 20_000

ORIENTATION = 0x0112
WEBP = re.compile(rb"RIFF....WEBP", re.DOTALL)
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd8\xff\x01]")
JPEG_SCAN, JPEG_END = 0xDA, 0xD9

# The classes themselves: asking Pillow to open would turn a JPEG with a second picture
# behind it, as phones make them, into another format.
OPENERS: dict[str, type[ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
}


class PictureError(ValueError):
    """A picture that is not taken in, with the reason as a person reads it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as it lies in the file: not yet turned upright.

    `width` and `height` are those of the file. `pixels` of a JPEG may have been decoded
    smaller, but not below the size that was asked for.
    """

    format: str
    width: int
    height: int
    orientation: int
    pixels: Pillow.Image


def format_of(start: bytes) -> str | None:
    """Which of FORMATS these first bytes (12 or more) begin, or None."""
    if start.startswith(PNG):
        return "PNG"
    if start.startswith(JPEG):
        return "JPEG"
    return "WEBP" if WEBP.match(start) else None


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The largest size of the same shape with no side above `side`; never larger."""
    factor = min(1.0, side / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def decode(original: bytes, *, side: int) -> Decoded:
    """The pixels of a JPEG, PNG or WebP, to be shown `side` pixels wide or high at most.

    Raises PictureError with the reason.
    """
    if len(original) > MAX_BYTES:
        raise PictureError(f"the picture is larger than {MAX_BYTES // 2**20} MiB")
    kind = format_of(original[:16])
    if kind is None:
        raise PictureError("this is no JPEG, PNG or WebP picture")
    if _is_costly(original, kind):
        raise PictureError("the picture is made of too many parts")
    try:
        return _decode(original, kind, side)
    except (PictureError, MemoryError):
        raise
    except Exception:  # decoders raise whatever the file makes them raise
        reason = "the picture cannot be decoded: it is cut off or damaged"
        raise PictureError(reason) from None


def _decode(original: bytes, kind: str, side: int) -> Decoded:
    picture = OPENERS[kind](io.BytesIO(original))
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureError(f"the picture is too large: {width} x {height} pixels")
    if getattr(picture, "n_frames", 1) > 1:
        raise PictureError("the picture is animated")
    # The exact size: a square one would keep the decoder from halving a wide picture.
    picture.draft(None, fitted(picture.size, side))
    picture.load()
    return Decoded(kind, width, height, _orientation(picture), picture)


def _orientation(picture: Pillow.Image) -> int:
    """1 to 8, as EXIF counts; 1, upright, if nothing says so or it cannot be read."""
    try:
        value = picture.getexif().get(ORIENTATION, 1)
    except Exception:  # a picture is none the worse for a broken note beside it
        return 1
    return value if value in range(1, 9) else 1


def _is_costly(original: bytes, kind: str) -> bool:
    if kind == "JPEG":
        return _jpeg_is_costly(original)
    return kind == "PNG" and _png_is_costly(original)


def _jpeg_is_costly(original: bytes) -> bool:
    position, scans = 2, 0
    for _ in range(MAX_PARTS):
        found = JPEG_MARKER.search(original, position)
        if found is None or original[found.start() + 1] == JPEG_END:
            return False
        scans += original[found.start() + 1] == JPEG_SCAN
        if scans > MAX_SCANS:
            return True
        length = int.from_bytes(original[found.end() : found.end() + 2], "big")
        position = found.end() + length
    return True


def _png_is_costly(original: bytes) -> bool:
    position = len(PNG)
    for _ in range(MAX_PARTS):
        if position >= len(original):
            return False
        length = int.from_bytes(original[position : position + 4], "big")
        position += length + 12
    return True
