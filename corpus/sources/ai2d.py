"""AI2D: questions about diagrams; options are often letters drawn in the picture.

parquet                                    VLMEvalKit's TSV
question   the content                     the content
options    the content, as they are        A to D: the content, as they are
answer     the content, a letter;          the content, a letter
           upstream keeps the number
image      Picture.data                    Picture.data; references are followed
other      upstream                        category: the content; other: upstream
(no id)    key: row number and a hash of   index: key, and upstream as an integer
           question, options and image
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Record, RowError
from corpus.sources import indexed_choices, parquet
from corpus.sources.cells import Cells, required, row_key, upstream_of
from corpus.sources.choices import numbered
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records

COLUMNS: dict[str, Shape] = {
    "question": "text",
    "options": "texts",
    "answer": "label",
    "image": "picture",
}

read_tsv = indexed_choices.read


def read_parquet(path: Path) -> Iterator[Record | RowError]:
    """One record per row."""
    return records(parquet.rows(path, COLUMNS), _record)


def _record(line: int, row: Cells) -> Record:
    content = numbered(row, "options")
    picture = required(parquet.picture_of(row))
    given_back = {"question": content.question, "options": list(content.options)}
    return Record(
        key=row_key(line, row["question"], row["options"], picture.data),
        content=content,
        picture=picture,
        upstream=upstream_of(row, given_back),
        line=line,
    )
