from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus.content import MultipleChoice
from corpus.record import Record
from corpus.sources import SourceError
from tests.corpus.contents import MMBENCH, SAMPLES
from tests.corpus.sources.files import (
    IMAGE,
    IMAGE_TYPE,
    assert_only_the_second_is_refused,
    only,
    parquet,
    read,
    records,
)

HUB = SAMPLES / "MMBench" / "en" / "dev-00000-of-00001.parquet"


def row(index: Any = 1, **cells: Any) -> dict[str, Any]:
    usual = {"index": index, "question": "Which?", "hint": "nan", "answer": "A"}
    usual |= {"A": "red", "B": "blue", "C": "nan", "D": "nan", "category": "colour"}
    return usual | {"image": IMAGE, "L2-category": "perception"} | cells


def write(folder: Path, *rows: dict[str, Any], index: Any = None) -> Path:
    return parquet(folder, list(rows), image=IMAGE_TYPE, index=index or pa.int64())


def choice(record: Record) -> MultipleChoice:
    assert isinstance(record.content, MultipleChoice)
    return record.content


def test_hub_and_table_hold_the_same_items() -> None:
    for one, other in zip(
        records("mmbench", HUB), records("mmbench", MMBENCH), strict=True
    ):
        assert (one.key, one.content, one.picture) == (
            other.key,
            other.content,
            other.picture,
        )
        for column in ("index", "l2-category", "source", "split"):
            assert one.upstream[column] == other.upstream[column]


def test_word_nan_is_a_null_and_its_columns_are_remembered(tmp_path: Path) -> None:
    record = only("mmbench", write(tmp_path, row(comment="nan")))
    assert choice(record).options == ("red", "blue")
    assert choice(record).hint == ""
    assert record.upstream == {
        "index": 1,
        "hint": None,
        "C": None,
        "D": None,
        "l2-category": "perception",
        "comment": None,
        "nan": ["hint", "C", "D", "comment"],
    }


@pytest.mark.parametrize("missing", [None, "", "nan"])
def test_options_end_where_cells_are_missing(tmp_path: Path, missing: Any) -> None:
    record = only("mmbench", write(tmp_path, row(C="green", D=missing)))
    assert choice(record).options == ("red", "blue", "green")


def test_index_may_be_a_number_or_its_digits(tmp_path: Path) -> None:
    one = only("mmbench", write(tmp_path, row(241)))
    other = only("mmbench", write(tmp_path, row("241"), index=pa.string()))
    assert one == other
    assert one.upstream["index"] == 241


def test_configuration_without_hint_and_comment_is_read(tmp_path: Path) -> None:
    cells = row()
    for column in ("hint", "L2-category"):
        del cells[column]
    assert choice(only("mmbench", write(tmp_path, cells))).hint == ""


def test_copies_are_skipped_and_a_file_of_copies_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, row(1_000_001), row(1), row(2_000_001))
    assert only("mmbench", path).key == "1"
    with pytest.raises(SourceError, match="circular copies only"):
        read("mmbench", write(tmp_path, row(1_000_001)))


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"index": None}, "index", "expected a whole number"),
        ({"index": 1}, "index", "1 is already on row 1"),
        ({"answer": None}, "answer", "there is no answer (those of test"),
        ({"answer": "nan"}, "answer", "there is no answer (those of test"),
        ({"answer": "C"}, "answer", "a letter from A to B, got 'C'"),
        ({"image": None}, "image", "there is no picture"),
        ({"B": "nan", "C": "green"}, "B", "is blank although option C is not"),
        ({"hint": "a\x00"}, "hint", "NUL"),
        ({"source": "a\x00"}, "source", "NUL"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    bad = row(2, source="web") | cells
    path = write(tmp_path, row(1, source="web"), bad, row(3, source="web"))
    assert_only_the_second_is_refused("mmbench", path, column, reason)
