"""Multiple choice as VLMEvalKit's TSV has it, with every row an item of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Record
from corpus.sources import vlmevalkit
from corpus.sources.cells import Cells, required, upstream_of, whole_number
from corpus.sources.choices import lettered, lettered_back
from corpus.sources.reading import PictureOf

COLUMNS = ("question", "A", "B", "answer")


def read(path: Path) -> Iterator[Found]:
    """One record per row; the index is its key."""
    return vlmevalkit.read(path, COLUMNS, record)


def record(line: int, cells: Cells, picture_of: PictureOf) -> Record:
    """The row with a column per option; `picture_of` finds its picture."""
    index = whole_number("index", cells["index"])
    content = lettered(cells)
    return Record(
        key=str(index),
        content=content,
        picture=required(picture_of(cells)),
        upstream=upstream_of(cells | {"index": index}, lettered_back(content)),
        line=line,
    )
