"""Which split an item is in: one picture, one split, in every language and dataset."""

from __future__ import annotations

import hashlib
from typing import Final

from corpus.formats.release import ReleaseError
from corpus.record import ReleaseItem

TRAIN: Final = "train"
TEST: Final = "test"

#: Names the rule: another text would deal the same pictures out anew.
_SALT = b"concord-split/1\n"


def names(share: float) -> tuple[str, ...]:
    """The splits of a release that holds out this share of its pictures.

    Raises ReleaseError unless the share is at least 0 and below 1.
    """
    if not 0 <= share < 1:
        raise ReleaseError(
            f"A share of {share} cannot be held out; give one from 0 up to 1."
        )
    return (TRAIN, TEST) if share else (TRAIN,)


def split_of(item: ReleaseItem, share: float) -> str:
    """ "test" for about `share` of all pictures, "train" for the others.

    A larger share keeps every picture in the test set that a smaller one put there.
    """
    return split_of_picture(_picture(item), share) if share else TRAIN


def split_of_picture(picture: str, share: float) -> str:
    """The split of all items with this picture, named by its SHA-256."""
    digest = hashlib.sha256(_SALT + picture.encode()).digest()
    return TEST if int.from_bytes(digest[:8]) < share * 2**64 else TRAIN


def _picture(item: ReleaseItem) -> str:
    """What the picture is known by; without one, what ties its questions together."""
    return (
        item.image_sha256
        or item.image_url
        or f"{item.dataset}/{item.group or item.key}"
    )
