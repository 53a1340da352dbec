"""ScienceQA: 2 to 5 options, with or without an image.

parquet (ScienceQA-FULL and -IMG)          VLMEvalKit's TSV
question, hint   the content               the content
choices          the content               A to E: the content
answer           the content, a letter;    the content, a letter
                 upstream keeps the number
category         the content and upstream  the content
image            Picture.data, or none     Picture.data; references are followed
task, grade, subject, topic, skill, lecture, solution, other
                 upstream                  upstream (split; index as an integer)

The key is a hash of question, choices, hint and image (`choice_keys`): the same from
both kinds of file, and from both configurations.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.content import MultipleChoice
from corpus.record import Found, Record
from corpus.sources import indexed_choices, parquet
from corpus.sources.cells import Cells, or_none, upstream_of
from corpus.sources.choice_keys import by_what_is_asked
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


def read_tsv(path: Path) -> Iterator[Found]:
    """One record per row; no index may be there twice."""
    return by_what_is_asked(indexed_choices.read(path))


def read_parquet(path: Path) -> Iterator[Found]:
    """One record per row; about half of FULL has no image, and needs none."""
    return by_what_is_asked(records(parquet.rows(path, COLUMNS), _record))


def _record(line: int, row: Cells) -> Record:
    category = row.get("category")
    content = numbered(
        row,
        "choices",
        hint=or_none(row["hint"]),
        category=or_none(category),
    )
    return Record(
        key=str(line),
        content=content,
        picture=parquet.picture_of(row),
        upstream=upstream_of(row, _given_back(content)),
        line=line,
    )


def _given_back(content: MultipleChoice) -> Cells:
    return {
        "question": content.question,
        "choices": list(content.options),
        "hint": content.hint,
    }
