"""PixMo-AskModelAnything: a question about an image with its answer, in parquet.

image_url      Picture.url
image_sha256   Picture.sha256, what upstream claims (servers change their bytes);
               upstream, as it is spelled
question       the content
answer         the content
other          upstream
(no id)        key: row number and a hash of address, question and answer
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Picture, Record
from corpus.sources import parquet
from corpus.sources.addresses import sha256_hex, web_address
from corpus.sources.cells import Cells, content_of, row_key, upstream_of
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records

COLUMNS: dict[str, Shape] = {
    "image_url": "text",
    "image_sha256": "text",
    "question": "text",
    "answer": "text",
}


def read(path: Path) -> Iterator[Found]:
    """One record per row: the questions about one image stay apart."""
    return records(parquet.rows(path, COLUMNS), _record)


def _record(line: int, row: Cells) -> Record:
    url = web_address("image_url", row["image_url"])
    claimed = sha256_hex("image_sha256", row["image_sha256"])
    said = {name: row[name] for name in ("question", "answer")}
    content = content_of("question_answer", said)
    return Record(
        key=row_key(line, url, row["question"], row["answer"]),
        content=content,
        picture=Picture(url=url, sha256=claimed),
        upstream=upstream_of(row, {"image_url": url} | said),
        line=line,
    )
