"""POPE: is there such a thing in the image? Asked in up to three tracks, judged once.

One record is one question on one picture, whichever rows and files ask it.

    hub's parquet  TSV          own JSON lines
    question       question     text        the content, without a glued instruction
    (its end)      (its end)    -           upstream `instruction`
    answer         answer       label       the content, Yes or No
    image          image        image       Picture: bytes, or COCO's address of it

`upstream["rows"]` has one entry per row, in file order, under the names of the hub:

    id, other      index, other   other        as they are
    question_id    -              question_id  as it is
    image_source   -              image        as the hub has it, without .jpg
    category       category       (file name)  the track, or several joined by commas
    answer, question                           where the content says it otherwise

What all rows agree on stands in `upstream` itself too, and `tracks` lists the tracks.
Several files may hold rows of one question (three tracks, three files): `merged` puts
together what they say. The key is picture and question, so the files agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.record import Found, Picture, RowError
from corpus.sources import jsonl, parquet, vlmevalkit
from corpus.sources.cells import (
    HASH_DIGITS,
    MAX_NAME,
    Cells,
    mark,
    name,
    required,
    whole_number,
)
from corpus.sources.parquet_shapes import Shape
from corpus.sources.reading import PictureOf, Rows
from corpus.sources.repeats import Repeats
from corpus.sources.source import CellError

TRACKS = ("adversarial", "popular", "random")
#: Where COCO keeps the pictures that POPE asks about.
COCO = "http://images.cocodataset.org/val2014/"
TSV_COLUMNS = ("question", "answer", "category")
PARQUET_COLUMNS: dict[str, Shape] = {
    "question_id": "label",
    "question": "text",
    "answer": "text",
    "image": "picture",
}
_OWN_NAMES = {"question": "text", "answer": "label", "image_source": "image"}
_COCO_NAME = re.compile("COCO_val2014_[0-9]{12}")


def read_parquet(path: Path) -> Iterator[Found]:
    """One record per question and picture, by `image_source` or else by its bytes."""
    has_names = "image_source" in parquet.column_names(path)
    wanted = PARQUET_COLUMNS | ({"image_source": "text"} if has_names else {})
    without = ("image",) if has_names else ()
    repeats = Repeats(
        drawn=_named if has_names else lambda row: _hashed(parquet.picture_of, row),
        picture_of=parquet.picture_of,
        track=_track_of(path),
    )
    return repeats.read(
        parquet.rows(path, wanted, without=without), parquet.rows(path, wanted)
    )


def read_tsv(path: Path) -> Iterator[Found]:
    """One record per question and picture, by the bytes of the picture."""
    with vlmevalkit.opened(path, TSV_COLUMNS) as (table, picture_of):
        repeats = Repeats(
            drawn=lambda row: _hashed(picture_of, row), picture_of=picture_of
        )
        yield from repeats.read(
            _numbered(vlmevalkit.rows(table)), _numbered(vlmevalkit.rows(table))
        )


def read_jsonl(path: Path) -> Iterator[Found]:
    """One record per question and picture. The name of the file tells the track."""
    repeats = Repeats(drawn=_named, picture_of=_at_coco, track=_track_of(path))
    for found in repeats.read(
        _as_on_the_hub(jsonl.rows(path)), _as_on_the_hub(jsonl.rows(path))
    ):
        if isinstance(found, RowError):
            yield replace(found, column=_OWN_NAMES.get(found.column, found.column))
        else:
            yield found


def _named(row: Cells) -> str:
    longest = MAX_NAME - HASH_DIGITS - 1
    return name("image_source", row.get("image_source"), longest)


def _hashed(picture_of: PictureOf, row: Cells) -> str:
    return mark(required(picture_of(row)).data)


def _track_of(path: Path) -> str:
    named = [track for track in TRACKS if track in path.name]
    return named[0] if len(named) == 1 else ""


def _numbered(rows: Rows) -> Rows:
    """The rows with the index as an integer."""
    for line, row in rows:
        if isinstance(row, RowError):
            yield line, row
            continue
        try:
            yield line, row | {"index": whole_number("index", row["index"])}
        except CellError as error:
            yield line, RowError(line, error.column, error.reason)


def _as_on_the_hub(rows: Rows) -> Rows:
    """POPE's own rows under the names that the hub's files use."""
    hub_names = {own: hub for hub, own in _OWN_NAMES.items()}
    for line, row in rows:
        if isinstance(row, RowError):
            yield line, row
            continue
        cells = {hub_names.get(own, own): cell for own, cell in row.items()}
        source = cells.get("image_source")
        if isinstance(source, str):
            cells["image_source"] = source.removesuffix(".jpg")
        yield line, cells


def _at_coco(row: Cells) -> Picture:
    source = row["image_source"]
    if not _COCO_NAME.fullmatch(source):
        reason = f"{source[:80]!r} is not in COCO val2014, so its address is not known"
        raise CellError("image", reason)
    return Picture(url=f"{COCO}{source}.jpg")
