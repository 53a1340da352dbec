"""Pictures in: decode under limits, keep the original unserved, make a fresh copy."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from annotation.errors import Invalid, NotFound
from annotation.models import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
DISPLAY_SIDE = 1600
PNG = b"\x89PNG"


def store(original: bytes, *, url: str = "") -> Image:
    """The stored image of these bytes, made if new. Raises Invalid with the reason.

    Served is only the display copy: pixels decoded and encoded again, so that nothing
    hidden in the file (metadata, appended HTML) reaches a browser.
    """
    if len(original) > MAX_BYTES:
        raise Invalid(f"the picture is larger than {MAX_BYTES // 2**20} MiB")
    sha256 = hashlib.sha256(original).hexdigest()
    known = Image.objects.filter(sha256=sha256).first()
    if known:
        return known
    picture = _decode(original)
    width, height = picture.size
    row = Image(
        sha256=sha256,
        url=url,
        state=Image.State.STORED,
        media_type=Pillow.MIME[picture.format or ""],
        width=width,
        height=height,
        size=len(original),
    )
    _write(row.original_path, original)
    _write(row.display_path, _display_copy(picture))
    # Two imports may meet here with the same bytes: the first row stays.
    Image.objects.bulk_create([row], ignore_conflicts=True)
    return Image.objects.get(sha256=sha256)


def _decode(original: bytes) -> Pillow.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(original), formats=FORMATS)
            width, height = picture.size
            if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
                raise Invalid(f"the picture is too large: {width} x {height} pixels")
            if getattr(picture, "n_frames", 1) > 1:
                raise Invalid("the picture is animated")
            picture.load()
    except UnidentifiedImageError:
        raise Invalid("this is no JPEG, PNG or WebP picture") from None
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        raise Invalid("the picture has too many pixels") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid(f"the picture cannot be decoded: {error}") from None
    return picture


def _display_copy(picture: Pillow.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    is_photo = picture.format == "JPEG"
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    pixels = upright.convert("RGBA" if has_alpha else "RGB")
    pixels.thumbnail((DISPLAY_SIDE, DISPLAY_SIDE))
    fresh = Pillow.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    out = io.BytesIO()
    if is_photo and not has_alpha:
        fresh.save(out, "JPEG", quality=90)
    else:
        fresh.save(out, "PNG")
    return out.getvalue()


def open_original(image: Image) -> tuple[BinaryIO, str]:
    """The bytes of record and their media type. Raises NotFound if the file is gone."""
    return _opened(image.original_path), image.media_type


def open_display(image: Image) -> tuple[BinaryIO, str]:
    """The display copy and its media type. Raises NotFound if the file is gone."""
    file = _opened(image.display_path)
    start = file.read(len(PNG))
    file.seek(0)
    return file, "image/png" if start == PNG else "image/jpeg"


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NotFound("The file of this picture is missing.") from None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader never meets half a file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
