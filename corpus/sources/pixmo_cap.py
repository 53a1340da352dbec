"""PixMo-Cap: one dense caption per image, given by address, in parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.content import ContentError, canonical_json, parse
from corpus.record import Picture, Record, RowError
from corpus.sources import parquet
from corpus.sources.addresses import web_address
from corpus.sources.source import CellError

COLUMNS = {"image_url": "text", "caption": "text", "transcripts": "texts"}


def read(path: Path) -> Iterator[Record | RowError]:
    """One record per row. The same address twice stays two records."""
    for line, row in parquet.rows(path, COLUMNS):
        if isinstance(row, RowError):
            yield row
            continue
        try:
            yield _record(line, row)
        except CellError as error:
            yield RowError(line, error.column, error.reason)


def _record(line: int, row: dict[str, Any]) -> Record:
    url = web_address("image_url", row["image_url"])
    transcripts = row["transcripts"] or []
    if not all(isinstance(text, str) for text in transcripts):
        raise CellError("transcripts", "one of the texts is missing")
    if any("\x00" in text for text in transcripts):
        raise CellError("transcripts", "one of the texts holds a NUL character")
    try:
        content = parse("caption", {"caption": row["caption"]})
    except ContentError as error:
        raise CellError.of(error) from None
    return Record(
        key=_key(line, url, row["caption"]),
        content=content,
        picture=Picture(url=url),
        upstream={"transcripts": transcripts},
        line=line,
    )


def _key(line: int, url: str, caption: str) -> str:
    """Row number and a hash of address and text: upstream gives its rows no id.

    The hash keeps equal row numbers of two part files apart, and lets a changed
    file be noticed.
    """
    text = canonical_json([url, caption])
    return f"{line}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
