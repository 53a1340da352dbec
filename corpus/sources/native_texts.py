"""Texts that people wrote in their own language, for items that are there already.

    {"key": "7", "content": {"caption": "..."}, "author": "M. Rossi"}
    {"image": {"sha256": "..."}, "content": {"caption": "..."}}

One JSON object per line. `key` is the item's; a text written straight for a picture
names that in its place, by `sha256` or by `url`. `content` has the fields of the item's
kind. `author` is a note on who wrote it; `kind` and `language` may stand there too and
must be the item's and the file's. The licence is not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.content import KINDS
from corpus.record import RowError
from corpus.sources import jsonl
from corpus.sources.addresses import sha256_hex, web_address
from corpus.sources.cells import MAX_NAME, Cells, name, require_storable
from corpus.sources.source import CellError, SourceError

SUFFIX = ".jsonl"
FIELDS = {"key", "image", "kind", "language", "content", "author"}


@dataclass(frozen=True, slots=True)
class NativeText:
    """One text. Either `key` or one of `sha256` and `url` says what it is about.

    `content` is JSON that still has to be parsed as the item's kind; `kind` is "" if
    the row leaves that to the item. `line` counts from 1.
    """

    line: int
    content: Mapping[str, Any]
    key: str = ""
    sha256: str = ""
    url: str = ""
    kind: str = ""
    author: str = ""


def read(path: Path, language: str) -> Iterator[NativeText | RowError]:
    """The texts of a file in `language`, and an error for each row that is none.

    Raises SourceError when the file as a whole cannot be read.
    """
    if not path.is_file():
        raise SourceError(f"{path.name}: there is no such file.")
    if path.suffix.lower() != SUFFIX:
        raise SourceError(f"{path.name}: native texts are read from a {SUFFIX} file.")
    if not path.stat().st_size:
        raise SourceError(f"{path.name}: the file is empty.")
    for line, row in jsonl.rows(path):
        if isinstance(row, RowError):
            yield row
            continue
        try:
            yield _text(line, row, language)
        except CellError as error:
            yield RowError(line, error.column, error.reason)


def _text(line: int, row: Cells, language: str) -> NativeText:
    if unknown := sorted(set(row) - FIELDS):
        raise CellError(unknown[0][:MAX_NAME], "there is no such field")
    if row.get("language") not in (None, language):
        raise CellError("language", f"this file is read as {language!r}")
    if row.get("kind") not in (None, *KINDS):
        raise CellError("kind", f"expected one of {', '.join(KINDS)}")
    content = row.get("content")
    if not isinstance(content, dict):
        raise CellError("content", "expected an object")
    require_storable("content", content)
    author = row.get("author")
    return NativeText(
        line=line,
        content=content,
        kind=row.get("kind") or "",
        author="" if author is None else name("author", author),
        **_about(row),
    )


def _about(row: Cells) -> dict[str, str]:
    """What says which item the text belongs to."""
    key, image = row.get("key"), row.get("image")
    if (key is None) == (image is None):
        raise CellError("key", "expected either a key or an image that says which item")
    if image is None:
        return {"key": name("key", key)}
    if not isinstance(image, dict) or set(image) not in ({"sha256"}, {"url"}):
        raise CellError("image", 'expected {"sha256": ...} or {"url": ...}')
    if "url" in image:
        return {"url": web_address("image", image["url"])}
    sha256 = sha256_hex("image", image["sha256"])
    if not sha256:
        raise CellError("image", "expected 64 hexadecimal digits")
    return {"sha256": sha256}
