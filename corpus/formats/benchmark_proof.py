"""Proof that a written benchmark is still upstream's, but for the language.

The files are read back as their users will read them. Every row must have the index,
the number and order of options, the key and the picture bytes of its upstream item,
and every item must be there. Nothing that is compared is made by what wrote the files:
the upstream item is read here once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from corpus.content import LETTERS, MultipleChoice, YesNo
from corpus.formats.benchmark_reading import WrittenRow, read_parquet, read_table
from corpus.formats.benchmark_rows import Rows
from corpus.formats.release import Part, ReleaseError, in_order, key_of
from corpus.record import ReleaseItem

#: How far apart the indexes of a question's copies are.
MILLION = 1_000_000
#: An upstream index with more digits is taken for a name.
LONGEST_INDEX = 18


def prove(
    items: Iterable[ReleaseItem],
    folder: Path,
    parts: Sequence[Part],
    *,
    rows: Rows | None = None,
) -> int:
    """How many rows were proven; raises ReleaseError at the first that is not right.

    `items` are those that were given to the writer, with the same `rows`; `parts` are
    what it returned for `folder`: the tables of one benchmark, or its parquet files.
    """
    proven = 0
    left = {part.language for part in parts}
    for language, own in groupby(in_order(items), key=lambda item: item.language):
        left.discard(language)
        written = _written(folder, [p for p in parts if p.language == language])
        for item in own:
            proven += _prove_item(item, written, rows or Rows())
        if (extra := next(written, None)) is not None:
            raise ReleaseError(f"{extra.where}: {extra.id} was not to be released.")
    if left:
        raise ReleaseError(f"There are files in {min(left)}, but no item.")
    return proven


def _written(folder: Path, parts: Sequence[Part]) -> Iterator[WrittenRow]:
    readers = (
        (read_table if part.path.endswith(".tsv") else read_parquet)(folder / part.path)
        for part in parts
    )
    return chain.from_iterable(readers)


def _prove_item(item: ReleaseItem, written: Iterator[WrittenRow], rows: Rows) -> int:
    """The rows of one item are the next ones, each as it must be."""
    copies = len(_options(item.source)) if rows.circular else 1
    repeats = len(_asked(item)) if rows.repeats else 1
    for number in range(copies * repeats):
        row = next(written, None)
        if row is None:
            raise ReleaseError(f"{key_of(item)} is missing from the files.")
        copy, repeat = divmod(number, repeats)
        if reason := _why_wrong(item, row, copy, repeat):
            raise ReleaseError(f"{row.where}: {key_of(item)} {reason}.")
    return copies * repeats


def _why_wrong(
    item: ReleaseItem, row: WrittenRow, copy: int, repeat: int
) -> str | None:
    """What of the upstream item a row does not keep, or nothing."""
    if row.id != f"{item.dataset}/{item.key}":
        return f"should stand here, not {row.id}"
    index = _index(item, copy, repeat)
    if None not in (index, row.index) and index != row.index:
        return f"has the index {row.index}, upstream {index}"
    options, want = row.options, _options(item.content)
    if len(options) != len(_options(item.source)):
        return f"has {len(options)} options, upstream {len(_options(item.source))}"
    if _turned_back(options, copy) != want:
        return "has its options in another order, or other options"
    key = _turned_back_key(row.key, copy, len(options))
    if key != _key(item.source):
        return f"has the key {key}, upstream {_key(item.source)}"
    if row.image_sha256 != item.image_sha256:
        return f"has the image {row.image_sha256}, upstream {item.image_sha256}"
    return None


def _index(item: ReleaseItem, copy: int, repeat: int) -> int | None:
    rows = _asked(item)
    said = str({**item.upstream, **rows[repeat % len(rows)]}.get("index", ""))
    is_number = said.isascii() and said.isdigit() and len(said) <= LONGEST_INDEX
    return int(said) + copy * MILLION if is_number else None


def _asked(item: ReleaseItem) -> list[Mapping[str, Any]]:
    """The upstream rows that ask the item: one, but for a POPE question up to three."""
    name, _, _ = item.dataset.partition("@")
    letters = "".join(c for c in name.lower() if c.isascii() and c.isalnum())
    rows = item.upstream.get("rows") if letters == "pope" else None
    found = rows if isinstance(rows, list | tuple) else []
    return [row for row in found if isinstance(row, Mapping)] or [{}]


def _options(content: object) -> tuple[str, ...]:
    return content.options if isinstance(content, MultipleChoice) else ()


def _key(content: object) -> str:
    return content.key if isinstance(content, MultipleChoice | YesNo) else ""


def _turned_back(options: tuple[str, ...], copy: int) -> tuple[str, ...]:
    return options[len(options) - copy :] + options[: len(options) - copy]


def _turned_back_key(key: str, copy: int, count: int) -> str:
    """The letter that the text under `key` has in the base row."""
    if not count or key not in LETTERS[:count]:
        return key
    return LETTERS[(LETTERS.index(key) + copy) % count]
