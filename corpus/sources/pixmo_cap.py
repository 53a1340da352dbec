"""PixMo-Cap: one dense caption per image, given by address, in parquet.

image_url     Picture.url
caption       the content
transcripts   upstream, as it is (a list, which may be empty, or null)
other         upstream
(no id)       key: row number and a hash of address and caption
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Picture, Record
from corpus.sources import parquet
from corpus.sources.addresses import web_address
from corpus.sources.cells import Cells, content_of, row_key, upstream_of
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records
from corpus.sources.source import CellError

COLUMNS: dict[str, Shape] = {
    "image_url": "text",
    "caption": "text",
    "transcripts": "texts",
}


def read(path: Path) -> Iterator[Found]:
    """One record per row. The same address twice stays two records."""
    return records(parquet.rows(path, COLUMNS), _record)


def _record(line: int, row: Cells) -> Record:
    url = web_address("image_url", row["image_url"])
    if not all(isinstance(text, str) for text in row["transcripts"] or []):
        raise CellError("transcripts", "one of the texts is missing")
    content = content_of("caption", {"caption": row["caption"]})
    given_back = {"image_url": url, "caption": row["caption"]}
    return Record(
        key=row_key(line, url, row["caption"]),
        content=content,
        picture=Picture(url=url),
        upstream=upstream_of(row, given_back),
        line=line,
    )
