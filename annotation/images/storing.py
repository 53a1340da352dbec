"""Where the bytes lie: originals, which are never served to people, and the copies.

Files are named after the SHA-256 of the original, so nothing is ever overwritten. A copy
that is lost is made again from its original.
"""

from __future__ import annotations

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from annotation.errors import NotFound
from annotation.images.drawing import draw
from annotation.models import Image
from corpus.pictures.copies import Copies

PNG_START = b"\x89PNG"


def keep(sha256: str, original: bytes, made: Copies) -> None:
    """Write the original and its copies, where they do not lie yet."""
    # The original last: whoever finds it finds its copies too.
    _write(Image.Use.DISPLAY, sha256, made.display)
    _write(Image.Use.SMALL, sha256, made.small)
    _write(Image.Use.ORIGINAL, sha256, original)


def open_original(image: Image) -> tuple[File[bytes], str]:
    """The bytes of record and their media type. Raises NotFound if the file is gone."""
    return _open(image, Image.Use.ORIGINAL), image.media_type


def open_display(image: Image) -> tuple[File[bytes], str]:
    """The display copy and its media type. Raises NotFound if the file is gone."""
    return _copy(image, Image.Use.DISPLAY)


def open_small(image: Image) -> tuple[File[bytes], str]:
    """The thumbnail and its media type. Raises NotFound if the file is gone."""
    return _copy(image, Image.Use.SMALL)


def _copy(image: Image, use: Image.Use) -> tuple[File[bytes], str]:
    try:
        file = _open(image, use)
    except NotFound:
        _make_again(image)
        file = _open(image, use)
    start = file.read(len(PNG_START))
    file.seek(0)
    return file, "image/png" if start == PNG_START else "image/jpeg"


def _make_again(image: Image) -> None:
    with _open(image, Image.Use.ORIGINAL) as file:
        original = file.read()
    keep(image.sha256 or "", original, draw(original))


def _open(image: Image, use: Image.Use) -> File[bytes]:
    try:
        return storages[use.alias].open(image.file_name(use))
    except FileNotFoundError:
        raise NotFound("The file of this picture is missing.") from None


def _write(use: Image.Use, sha256: str, content: bytes) -> None:
    storages[use.alias].save(use.file_name(sha256), ContentFile(content))
