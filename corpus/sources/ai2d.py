"""AI2D: questions about diagrams; options are often letters drawn in the picture.

parquet                                    VLMEvalKit's TSV
question   the content                     the content
options    the content, as they are        A to D: the content, as they are
answer     the content, a letter;          the content, a letter
           upstream keeps the number
image      Picture.data                    Picture.data; references are followed
other      upstream                        category: the content; index, as an
                                           integer, and other: upstream

The key is a hash of question, options and image (`choice_keys`): the same from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Record
from corpus.sources import indexed_choices, parquet
from corpus.sources.cells import Cells, required, upstream_of
from corpus.sources.choice_keys import by_what_is_asked
from corpus.sources.choices import numbered
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records

COLUMNS: dict[str, Shape] = {
    "question": "text",
    "options": "texts",
    "answer": "label",
    "image": "picture",
}


def read_tsv(path: Path) -> Iterator[Found]:
    """One record per row; no index may be there twice."""
    return by_what_is_asked(indexed_choices.read(path))


def read_parquet(path: Path) -> Iterator[Found]:
    """One record per row."""
    return by_what_is_asked(records(parquet.rows(path, COLUMNS), _record))


def _record(line: int, row: Cells) -> Record:
    content = numbered(row, "options")
    given_back = {"question": content.question, "options": list(content.options)}
    return Record(
        key=str(line),
        content=content,
        picture=required(parquet.picture_of(row)),
        upstream=upstream_of(row, given_back),
        line=line,
    )
