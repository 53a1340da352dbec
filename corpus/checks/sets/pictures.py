"""The picture of an item is whole, and the one that was imported."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator

from PIL import Image

from corpus.checks.sets.member import SetFinding

ID = "set-picture/1"

#: Longest side and number of pixels that the programs of the field take.
LONGEST_SIDE, MOST_PIXELS = 16_384, 89_478_485


def check(
    key: str, content: bytes, sha256: str, re_encoded: bytes | None = None
) -> Iterator[SetFinding]:
    """Blocks other bytes, a picture that cannot be read, or one that is too large.

    With `re_encoded`, what a release ships in its place: it keeps size and opacity.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        yield SetFinding(ID, "block", "These are not the imported bytes.", (key,))
    size, reason = _read(content)
    if reason:
        yield SetFinding(ID, "block", reason, (key,))
        return
    if re_encoded is None:
        return
    other, reason = _read(re_encoded)
    if reason or other != size:
        message = reason or "The copy has lost its size or its transparency."
        yield SetFinding(ID, "block", message, (key,))


def _read(content: bytes) -> tuple[tuple[int, int, bool], str]:
    """Width, height and whether there is transparency; or why it cannot be told."""
    nothing = (0, 0, False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                width, height = picture.size
                if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
                    return nothing, f"The picture is too large: {width} x {height}."
                picture.load()
                return (width, height, picture.has_transparency_data), ""
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return nothing, f"The picture cannot be read: {error}."
