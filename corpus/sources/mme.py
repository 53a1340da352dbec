"""MME: two yes/no questions on each picture, one of them to be denied.

question      the content, without the instruction glued to it
(its end)     upstream `instruction`: question + instruction is the cell
answer        the content, Yes or No; upstream where it is spelled otherwise
category      the content and upstream
image         Picture.data; a reference to another row is followed
question_id   group and upstream (parquet)
image_path    group and upstream (TSV)
index         upstream as an integer (TSV)
other         upstream
(key)         the group and a hash of the question: the same from both files when
              `question_id` and `image_path` are
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Record
from corpus.sources import parquet, vlmevalkit
from corpus.sources.cells import (
    HASH_DIGITS,
    MAX_NAME,
    Cells,
    content_of,
    mark,
    name,
    required,
    upstream_of,
    whole_number,
)
from corpus.sources.parquet_shapes import Shape
from corpus.sources.polar import parted, yes_or_no
from corpus.sources.reading import PictureOf, records

LONGEST_GROUP = MAX_NAME - HASH_DIGITS - 1
TSV_COLUMNS = ("image_path", "question", "answer", "category")
PARQUET_COLUMNS: dict[str, Shape] = {
    "question_id": "text",
    "image": "picture",
    "question": "text",
    "answer": "text",
    "category": "text",
}


def read_tsv(path: Path) -> Iterator[Found]:
    """One record per row; the rows of one category and picture are a group."""
    return vlmevalkit.read(path, TSV_COLUMNS, _from_tsv)


def read_parquet(path: Path) -> Iterator[Found]:
    """One record per row; the rows of one question_id are a group."""
    return records(
        parquet.rows(path, PARQUET_COLUMNS), _from_parquet, key_column="question"
    )


def _from_tsv(line: int, cells: Cells, picture_of: PictureOf) -> Record:
    index = whole_number("index", cells["index"])
    pair = _pair(cells["image_path"], name("category", cells["category"]))
    return _record(line, cells | {"index": index}, pair, picture_of)


def _from_parquet(line: int, row: Cells) -> Record:
    return _record(
        line,
        row,
        name("question_id", row["question_id"], LONGEST_GROUP),
        parquet.picture_of,
    )


def _record(line: int, cells: Cells, group: str, picture_of: PictureOf) -> Record:
    question, instruction = parted(cells["question"])
    fields = {
        "question": question,
        "key": yes_or_no("answer", cells["answer"]),
        "category": name("category", cells["category"]),
    }
    content = content_of("yes_no", fields)
    given_back = {"question": cells["question"], "answer": fields["key"]}
    return Record(
        key=f"{group}-{mark(question)}",
        content=content,
        picture=required(picture_of(cells)),
        group=group,
        upstream=upstream_of(cells, given_back) | {"instruction": instruction},
        line=line,
    )


def _pair(path: object, category: str) -> str:
    """Category and picture: scorers pair by both, and names repeat over categories."""
    pair = name("image_path", path)
    pair = pair if pair.startswith(f"{category}/") else f"{category}/{pair}"
    return name("image_path", pair, LONGEST_GROUP)
