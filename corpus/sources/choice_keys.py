"""Keys of multiple-choice items by what is asked, the same from every kind of file.

The hub's rows have no id and VLMEvalKit's index stands in no other file, so neither
can be the key: question, options, hint and the bytes of the picture are in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.content import MultipleChoice
from corpus.record import Found, Record
from corpus.sources.cells import mark


def by_what_is_asked(rows: Iterable[Found]) -> Iterator[Found]:
    """The same rows under their lasting keys.

    Rows that ask the very same stay apart: the second is `<key>-2`, the next
    `<key>-3`, in the order of the file.
    """
    counts: dict[bytes, int] = {}
    for row in rows:
        if not isinstance(row, Record):
            yield row
            continue
        key = _key(row)
        # bytes take half the memory of text, and a file may have many rows
        known = bytes.fromhex(key)
        counts[known] = counts.get(known, 0) + 1
        repeat = f"-{counts[known]}" if counts[known] > 1 else ""
        yield replace(row, key=f"{key}{repeat}")


def _key(record: Record) -> str:
    asked = record.content
    assert isinstance(asked, MultipleChoice)
    picture = record.picture.data if record.picture else None
    return mark(asked.question, list(asked.options), asked.hint, picture or b"")
