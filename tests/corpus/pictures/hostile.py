"""Pictures as nobody would wish to get them, by name."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image as Pillow
from PIL import PngImagePlugin

SCRIPT = b"<html><script>alert('quokka')</script></html>"


def encoded(image: Pillow.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """Many colours, as a camera would see them."""
    return encoded(coloured(size), kind)


def coloured(size: tuple[int, int]) -> Pillow.Image:
    bands = [Pillow.effect_noise(size, spread) for spread in (40, 60, 80)]
    return Pillow.merge("RGB", bands)


def chunk(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return (
        struct.pack(">I", len(content))
        + checked
        + struct.pack(">I", zlib.crc32(checked))
    )


def png(
    width: int, height: int, *chunks: bytes, depth: int = 8, kind: int = 2
) -> bytes:
    """A PNG put together by hand, so that it can lie."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *chunks, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def of_many_scans(image: Pillow.Image, scans: int) -> bytes:
    """A progressive JPEG whose last scan is said over and over."""
    whole = encoded(image, "JPEG", progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:start] + whole[start:-2] * scans + b"\xff\xd9"


def animated(kind: str) -> bytes:
    first, second = (Pillow.new("RGB", (8, 8), c) for c in ("red", "blue"))
    return encoded(first, kind, save_all=True, append_images=[second])


def with_notes() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SCRIPT.decode())
    return encoded(Pillow.new("RGB", (64, 64)), "PNG", pnginfo=notes)


def webp_canvas(width: int, height: int) -> bytes:
    """A WebP whose first bytes promise a canvas that is not there."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _zipped(size: int) -> bytes:
    return zlib.compress(bytes(size))


#: Name, how to make it, and a part of the reason that a person gets to read.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no JPEG"),
    "one byte": (lambda: b"\xff", "no JPEG"),
    "zeros": (lambda: bytes(5000), "no JPEG"),
    "page": (lambda: SCRIPT, "no JPEG"),
    "drawing in XML": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
    "PDF": (lambda: b"%PDF-1.7\n" + SCRIPT, "no JPEG"),
    "zip": (lambda: b"PK\x03\x04" + bytes(60), "no JPEG"),
    "program": (lambda: b"\x7fELF" + bytes(60), "no JPEG"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "no JPEG"),
    "FITS": (lambda: b"SIMPLE  =                    T" + bytes(60), "no JPEG"),
    "Photoshop": (lambda: b"8BPS\0\1" + bytes(60), "no JPEG"),
    "page before a picture": (lambda: SCRIPT + photo(), "no JPEG"),
    "GIF": (lambda: encoded(Pillow.new("P", (8, 8)), "GIF"), "no JPEG"),
    "BMP": (lambda: encoded(Pillow.new("RGB", (8, 8)), "BMP"), "no JPEG"),
    "TIFF": (lambda: encoded(Pillow.new("RGB", (8, 8)), "TIFF"), "no JPEG"),
    "ICO": (lambda: encoded(Pillow.new("RGB", (16, 16)), "ICO"), "no JPEG"),
    "JPEG 2000": (lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "no JPEG"),
    "sound in RIFF": (lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "no JPEG"),
    "start of a JPEG": (lambda: b"\xff\xd8\xff", "cut off"),
    "start of a PNG": (lambda: b"\x89PNG\r\n\x1a\n", "cut off"),
    "start of a WebP": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", "cut off"),
    "half a JPEG": (lambda: photo()[: len(photo()) // 2], "cut off"),
    "half a PNG": (lambda: photo(kind="PNG")[:20_000], "cut off"),
    "half a WebP": (lambda: photo(kind="WEBP")[:9_000], "cut off"),
    "JPEG of noise": (lambda: b"\xff\xd8\xff\xe0" + SCRIPT * 200, "cut off"),
    "PNG with a broken sum": (
        lambda: photo(kind="PNG").replace(b"IDAT", b"IDAU", 1),
        "cut off",
    ),
    "PNG with no pixels": (lambda: png(8, 8), "cut off"),
    "PNG with no width": (
        lambda: png(0, 8, chunk(b"IDAT", _zipped(8))),
        "cut off",
    ),
    "PNG of a depth there is not": (
        lambda: png(8, 8, chunk(b"IDAT", _zipped(400)), depth=3),
        "cut off",
    ),
    "PNG with a bomb beside the pixels": (
        lambda: png(
            8,
            8,
            *[chunk(b"zTXt", b"k\0\0" + _zipped(900_000))] * 100,
            chunk(b"IDAT", _zipped(200)),
        ),
        "cut off",
    ),
    "PNG of 100,000 parts": (
        lambda: png(8, 8, *[chunk(b"tEXt", b"k\0v")] * 100_000),
        "too many parts",
    ),
    "JPEG of 2,000 scans": (
        lambda: of_many_scans(coloured((64, 64)), 2_000),
        "too many parts",
    ),
    "moving PNG": (lambda: animated("PNG"), "animated"),
    "moving WebP": (lambda: animated("WEBP"), "animated"),
    "108 megapixels": (
        lambda: encoded(Pillow.new("1", (12_000, 9_000)), "PNG"),
        "too large: 12000 x 9000",
    ),
    "PNG of four billion pixels": (
        lambda: png(65_535, 65_535, chunk(b"IDAT", _zipped(100_000))),
        "too large",
    ),
    "one pixel too long": (
        lambda: encoded(Pillow.new("1", (12_001, 10)), "PNG"),
        "too large",
    ),
    "JPEG of four billion pixels": (
        lambda: _resized(photo((16, 16)), b"\xff\xff\xff\xff"),
        "too large",
    ),
    "WebP with a canvas of 10,000 megapixels": (
        lambda: webp_canvas(100_000, 40_000),
        "cut off",
    ),
    "more bytes than allowed": (
        lambda: photo() + bytes(20 * 1024 * 1024),
        "larger than 20 MiB",
    ),
}


def _wide(mode: str) -> Pillow.Image:
    """As many pixels as may be."""
    soft = Pillow.linear_gradient("L").resize((8000, 5000))
    return Pillow.merge(mode, [soft] * len(mode))


#: As hard as it may get and still be a picture.
LEGAL: dict[str, Callable[[], bytes]] = {
    "40 megapixels to see through": lambda: encoded(
        _wide("RGBA"), "PNG", compress_level=1
    ),
    "40 megapixels in 99 scans": lambda: of_many_scans(_wide("RGB"), 90),
}


def _resized(jpeg: bytes, size: bytes) -> bytes:
    """The same JPEG with another height and width in its header."""
    start = jpeg.index(b"\xff\xc0")
    return jpeg[: start + 5] + size + jpeg[start + 9 :]
