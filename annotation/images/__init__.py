"""Pictures in: decoded under limits, the original kept unserved, fresh copies shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from annotation.images.drawing import draw, fault
from annotation.images.knowing import addressed, by_address
from annotation.images.storing import keep, open_display, open_original, open_small
from annotation.models import Image
from corpus.pictures.copies import Copies
from corpus.pictures.decoding import (
    MAX_BYTES,
    format_of,
)

__all__ = [
    "MAX_BYTES",
    "SAFE_HEADERS",
    "Copies",
    "addressed",
    "by_address",
    "draw",
    "fault",
    "format_of",
    "keep",
    "known",
    "open_display",
    "open_original",
    "open_small",
    "store",
    "stored_fields",
]

#: On every answer that holds a picture: nothing in it runs, nobody shares it.
SAFE_HEADERS: Mapping[str, str] = {
    # Its address is a hash of the content, so the answer never changes.
    "Cache-Control": "private, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def known(originals: Iterable[bytes]) -> dict[str, Image]:
    """The images of these bytes that are stored already, by SHA-256: one query for all."""
    hashes = {hashlib.sha256(original).hexdigest() for original in originals}
    return {str(i.sha256): i for i in Image.objects.filter(sha256__in=hashes)}


def store(
    original: bytes,
    *,
    url: str = "",
    claimed: str = "",
    among: Mapping[str, Image] = MappingProxyType({}),
) -> Image:
    """The stored image of these bytes, made if new. Raises Invalid with the reason.

    `claimed` is the SHA-256 that upstream gives for this address, if it gives one;
    `among` are images that need not be looked up, by SHA-256.
    """
    sha256 = hashlib.sha256(original).hexdigest()
    found = among.get(sha256) or Image.objects.filter(sha256=sha256).first()
    if found:
        return found
    made = draw(original)
    keep(sha256, original, made)
    row = Image(
        url=url, claimed_sha256=claimed, **stored_fields(sha256, len(original), made)
    )
    # Two imports may meet here with the same bytes: the first row stays.
    Image.objects.bulk_create([row], ignore_conflicts=True)
    return Image.objects.get(sha256=sha256)


def stored_fields(sha256: str, size: int, made: Copies) -> dict[str, str | int]:
    """What a row says once its bytes are kept."""
    return {
        "sha256": sha256,
        "state": Image.State.STORED,
        "media_type": made.media_type,
        "width": made.width,
        "height": made.height,
        "size": size,
    }
