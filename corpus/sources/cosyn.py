"""CoSyn-400K: several questions on one synthetic image, in parquet, ten configurations.

id         key
image      Picture.data
qa_pairs   the content, one turn for each pair, in order; also under its older
           names `questions` and `questions_and_answers`; a struct of parallel
           lists or a list of structs. Kept in upstream only where the turns do
           not give it back, as when an explanation is null.
metadata   upstream: figure_type, persona, topic
data       upstream: what the image was drawn from
code       upstream: what drew it
other      upstream
(folder)   upstream `config`, if the folder has the name of a configuration
(file)     upstream `split`, if the name of the file begins with it
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from corpus.content import Content, Conversation
from corpus.record import Found, Record
from corpus.sources import parquet
from corpus.sources.cells import Cells, content_of, name, required, upstream_of
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import records
from corpus.sources.source import CellError, SourceError

COLUMNS: dict[str, Shape] = {"id": "text", "image": "picture"}
PAIRS = ("qa_pairs", "questions_and_answers", "questions")
CONFIGS = (
    "chart",
    "chemical",
    "circuit",
    "diagram",
    "document",
    "graphic",
    "math",
    "music",
    "nutrition",
    "table",
)
SPLITS = ("train", "validation")
_TURN = ("question", "answer", "explanation")


def read(path: Path) -> Iterator[Found]:
    """One record per row, with all its questions as turns."""
    found = parquet.column_names(path)
    column = next((name for name in PAIRS if name in found), None)
    if column is None:
        names = " or ".join(PAIRS)
        raise SourceError(f"{path.name}: there is no column {names}.")
    wanted: dict[str, Shape] = COLUMNS | {column: "pairs"}
    return records(
        parquet.rows(path, wanted),
        partial(_record, column=column, place=_place(path)),
        key_column="id",
    )


def _place(path: Path) -> dict[str, str]:
    """Configuration and split, as far as the names of folder and file tell."""
    config, split = path.parent.name, path.name.partition("-")[0]
    return ({"config": config} if config in CONFIGS else {}) | (
        {"split": split} if split in SPLITS else {}
    )


def _record(line: int, row: Cells, *, column: str, place: dict[str, str]) -> Record:
    cell = row[column]
    key = name("id", row["id"])
    turns = [
        {field: text for field, text in pair.items() if field in _TURN}
        for pair in _pairs(column, cell)
    ]
    content = content_of("conversation", {"turns": turns}, parts_in=column)
    given_back = {"id": key, column: _as_stored(content, cell)}
    return Record(
        key=key,
        content=content,
        picture=required(parquet.picture_of(row)),
        upstream=place | upstream_of(row, given_back),
        line=line,
    )


def _pairs(column: str, cell: Any) -> list[dict[str, Any]]:
    """One mapping per pair, from either of the two ways they are stored."""
    if not cell:
        raise CellError(column, "there are no questions")
    if isinstance(cell, dict):
        lists = {field: texts for field, texts in cell.items() if texts is not None}
        if len({len(texts) for texts in lists.values()}) > 1:
            counts = ", ".join(f"{len(texts)} {f}" for f, texts in lists.items())
            raise CellError(column, f"the lists are not of one length: {counts}")
        return [
            dict(zip(lists, pair, strict=True))
            for pair in zip(*lists.values(), strict=True)
        ]
    if any(pair is None for pair in cell):
        raise CellError(column, "one of the pairs is missing")
    return list(cell)


def _as_stored(content: Content, cell: Any) -> Any:
    """The turns in the shape of the cell, to see whether they say all that it does."""
    assert isinstance(content, Conversation)
    if isinstance(cell, dict):
        return {f: [getattr(t, f, None) for t in content.turns] for f in cell}
    return [
        {field: getattr(turn, field, None) for field in pair}
        for turn, pair in zip(content.turns, cell, strict=True)
    ]
