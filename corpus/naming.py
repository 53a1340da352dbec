"""What people read of the names in this room: languages, kinds, marks."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.content import KINDS
from corpus.languages import NAMES
from corpus.marking import CATEGORIES, SEVERITIES


def names() -> Iterator[str]:
    """Every such name in English, and what it means where that is said.

    >>> "German" in names(), "question answer" in names()
    (True, True)
    """
    yield from NAMES.values()
    yield from (kind.replace("_", " ") for kind in KINDS)
    for category in CATEGORIES:
        yield from (category.label, category.family, category.meaning)
    for severity in SEVERITIES:
        yield from (severity.label, severity.meaning)
