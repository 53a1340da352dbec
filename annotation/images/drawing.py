"""The one place that has a picture decoded: never in this process."""

from __future__ import annotations

import atexit
import os

from annotation.errors import Invalid
from corpus.pictures.apart import Apart
from corpus.pictures.copies import Copies
from corpus.pictures.decoding import PictureError

# Each may take a gigabyte.
APART = Apart(most=2)
os.register_at_fork(after_in_child=APART.forget)
atexit.register(APART.close)


def draw(original: bytes) -> Copies:
    """The display copy and the thumbnail. Raises Invalid with the reason."""
    try:
        return APART.make(original)
    except PictureError as error:
        raise Invalid(str(error)) from None


def fault(original: bytes) -> str:
    """Why `draw` would refuse the picture, or nothing."""
    try:
        APART.look(original)
    except PictureError as error:
        return str(error)
    return ""
