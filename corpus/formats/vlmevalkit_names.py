"""Which file names VLMEvalKit reads, and how a name switches its scoring.

Its names are looked up by parts: a file with `mmbench` in its name is scored in
circles, one with `MME` or `POPE` by the rules of those sets. So a name may hold such
a part only if the file is written for that scoring, and must hold none by accident.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

from corpus.formats.benchmark_sets import WRITTEN, benchmark_of
from corpus.formats.release import ReleaseError

Scoring = Literal["plain", "circular", "mme", "pope"]

#: The part of a name that asks for a scoring other than row by row.
ASKS_FOR: dict[Scoring, str] = {"circular": "mmbench", "mme": "MME", "pope": "POPE"}

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

#: What a set is called when its own name would ask for a scoring it is not made for.
_MODEST = {"mmbench": "MMB", "mme": "Mme_part", "pope": "Pope"}


def require_name(name: str, *, scoring: Scoring) -> str:
    """`name` if it asks for this scoring and no other; raises ReleaseError."""
    if not re.fullmatch("[A-Za-z][A-Za-z0-9_-]{0,99}", name):
        raise ReleaseError(
            f"{name!r} is no benchmark name: use letters, digits, _ and -."
        )
    wanted = ASKS_FOR.get(scoring, "")
    found = _special_parts(name)
    if wanted and wanted not in found:
        raise ReleaseError(
            f"The benchmark must not be named {name!r}: VLMEvalKit scores a file as "
            f"{scoring} only with {wanted!r} in its name."
        )
    if others := [part for part in found if part != wanted]:
        raise ReleaseError(
            f"The benchmark must not be named {name!r}: VLMEvalKit scores a file with "
            f"{others[0]!r} in its name in a way of its own."
        )
    return name


def table_name(dataset: str, *, split: str, scoring: Scoring) -> str:
    """What the tables of a dataset are called, before `_<language>`.

    >>> table_name("mmbench", split="dev", scoring="circular")
    'MultiMMBench_dev'
    >>> table_name("mme", split="test", scoring="plain")
    'MultiMme_part_test'
    """
    known = benchmark_of(dataset)
    written = WRITTEN.get(known) or _joined(dataset.split("@")[0])
    if scoring == "plain":
        written = _MODEST.get(known, written)
    name = f"Multi{written}_{_joined(split) or 'test'}"
    try:
        return require_name(name, scoring=scoring)
    except ReleaseError:
        if scoring != "plain":
            raise
    digest = hashlib.sha256(f"{dataset}\n{split}".encode()).hexdigest()
    return f"Multi_set_{digest[:8]}"


def _special_parts(name: str) -> list[str]:
    found = [part for part in _ANY_CASE if part in name.lower()]
    return found + [part for part in _THIS_CASE if part in name]


def _joined(text: str) -> str:
    return re.sub("[^A-Za-z0-9]+", "-", text).strip("-")[:40]
