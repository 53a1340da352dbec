"""Which file names VLMEvalKit reads without changing what it does with them."""

from __future__ import annotations

import re

from corpus.formats.release import ReleaseError

#: Parts of a name, in any case, that switch circular scoring on.
_ANY_CASE = ("mmbench", "ccbench", "circular", "mmcr")

#: Parts of a name, in this case, that switch other special cases on.
_THIS_CASE = (
    "MME",
    "POPE",
    "Hallusion",
    "AMBER",
    "VSR-zeroshot",
    "MMT",
    "MMMU",
    "MMSci",
    "BLINK",
    "LEGO",
    "WeMath",
    "openended",
    "VIDEO",
)


def require_plain(name: str) -> str:
    """`name` if the file may be called that; raises ReleaseError with the reason."""
    if not re.fullmatch("[A-Za-z][A-Za-z0-9_-]{0,99}", name):
        raise ReleaseError(
            f"{name!r} is no benchmark name: use letters, digits, _ and -."
        )
    found = [part for part in _ANY_CASE if part in name.lower()]
    found += [part for part in _THIS_CASE if part in name]
    if found:
        raise ReleaseError(
            f"The benchmark must not be named {name!r}: VLMEvalKit scores a file with "
            f"{found[0]!r} in its name in a way of its own."
        )
    return name
