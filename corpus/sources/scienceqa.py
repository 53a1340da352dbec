"""ScienceQA: 2 to 5 options, with or without an image.

parquet (ScienceQA-FULL and -IMG)          VLMEvalKit's TSV
question, hint   the content               the content
choices          the content               A to E: the content
answer           the content, a letter;    the content, a letter
                 upstream keeps the number
category         the content and upstream  the content
image            Picture.data, or none     Picture.data; references are followed
task, grade, subject, topic, skill, lecture, solution, other
                 upstream                  upstream (split)
(no id)          key: row number and a     index: key, and upstream as an integer
                 hash of question, choices,
                 hint and image
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.content import MultipleChoice
from corpus.record import Record, RowError
from corpus.sources import indexed_choices, parquet
from corpus.sources.cells import Cells, or_none, row_key, upstream_of
from corpus.sources.choices import numbered
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records

COLUMNS: dict[str, Shape] = {
    "image": "picture",
    "question": "text",
    "choices": "texts",
    "answer": "number",
    "hint": "text",
}

read_tsv = indexed_choices.read


def read_parquet(path: Path) -> Iterator[Record | RowError]:
    """One record per row; about half of FULL has no image, and needs none."""
    return records(parquet.rows(path, COLUMNS), _record)


def _record(line: int, row: Cells) -> Record:
    category = row.get("category")
    content = numbered(
        row,
        "choices",
        hint=or_none(row["hint"]),
        category=or_none(category),
    )
    picture = parquet.picture_of(row)
    drawn = picture.data if picture and picture.data else b""
    upstream = upstream_of(row, _given_back(content))
    return Record(
        key=row_key(line, row["question"], row["choices"], row["hint"], drawn),
        content=content,
        picture=picture,
        upstream=upstream,
        line=line,
    )


def _given_back(content: MultipleChoice) -> Cells:
    return {
        "question": content.question,
        "choices": list(content.options),
        "hint": content.hint,
    }
