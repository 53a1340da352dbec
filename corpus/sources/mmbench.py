"""MMBench: multiple choice with one image, from VLMEvalKit's TSV or the hub's parquet.

Circular copies (index + k x 1,000,000, the options turned by k) are skipped: base row
and number of options say all that they do, so a release makes them anew.

    index             key, and upstream as an integer, whatever type the file has
    question, hint    the content; a blank, a null and the word nan are no hint
    A, B, C, D        the content, up to the last one that is there
    answer            the content; a row without one is refused
    category          the content
    image             Picture.data; a reference to another row is followed
    L2-category       upstream, as `l2-category` from both kinds of file
    source, comment,
    split, other      upstream; the word nan is a null there, named in upstream `nan`
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import Found, Record, Repeat
from corpus.sources import indexed_choices, parquet, vlmevalkit
from corpus.sources.cells import Cells, whole_number
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import PictureOf, records
from corpus.sources.source import SourceError
from corpus.sources.tsv import column_name

#: Rows from here on repeat an item with its options rotated.
FIRST_CIRCULAR_INDEX = 1_000_000

PARQUET_COLUMNS: dict[str, Shape] = {
    "index": "label",
    "question": "text",
    "A": "text",
    "B": "text",
    "answer": "text",
    "image": "picture",
}


def read_tsv(path: Path) -> Iterator[Found]:
    """One record per question; the circular copies are left to the release."""
    return _some(path, vlmevalkit.read(path, indexed_choices.COLUMNS, _record))


def read_parquet(path: Path) -> Iterator[Found]:
    """The same from the hub's files, where every row has the picture itself."""
    rows = parquet.rows(path, PARQUET_COLUMNS)
    return _some(path, records(rows, _from_parquet, key_column="index"))


def _some(path: Path, found: Iterator[Found]) -> Iterator[Found]:
    """The same, but a file of which every row was skipped is refused."""
    is_empty = True
    for row in found:
        is_empty = is_empty and isinstance(row, Repeat)
        yield row
    if is_empty:
        raise SourceError(f"{path.name}: the file holds circular copies only.")


def _from_parquet(line: int, row: Cells) -> Record | None:
    cells = {column_name(column): cell for column, cell in row.items()}
    return _record(line, cells, parquet.picture_of)


def _record(line: int, cells: Cells, picture_of: PictureOf) -> Record | None:
    if whole_number("index", cells["index"]) >= FIRST_CIRCULAR_INDEX:
        return None
    return indexed_choices.record(line, cells, picture_of)
