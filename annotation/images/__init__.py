"""Pictures in: decoded under limits, the original kept unserved, fresh copies shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from annotation.images import copies
from annotation.images.copies import DISPLAY_SIDE, SMALL_SIDE, Copies
from annotation.images.decoding import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    MAX_SIDE,
    format_of,
)
from annotation.images.knowing import addressed, by_address
from annotation.images.storing import keep, open_display, open_original, open_small
from annotation.models import Image

__all__ = [
    "DISPLAY_SIDE",
    "FORMATS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MAX_SIDE",
    "SAFE_HEADERS",
    "SMALL_SIDE",
    "Copies",
    "addressed",
    "by_address",
    "format_of",
    "keep",
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


def store(original: bytes, *, url: str = "", claimed: str = "") -> Image:
    """The stored image of these bytes, made if new. Raises Invalid with the reason.

    `claimed` is the SHA-256 that upstream gives for this address, if it gives one.
    """
    sha256 = hashlib.sha256(original).hexdigest()
    known = Image.objects.filter(sha256=sha256).first()
    if known:
        return known
    made = copies.make(original)
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
