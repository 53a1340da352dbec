from pathlib import Path
from typing import Any

import pytest

from corpus.content import MultipleChoice
from corpus.record import Record
from tests.corpus.contents import PHOTO, SAMPLES
from tests.corpus.sources.files import (
    BASE64,
    IMAGE,
    IMAGE_TYPE,
    TEXTS,
    assert_only_the_second_is_refused,
    only,
    parquet,
    records,
    tsv,
)

SAMPLE = SAMPLES / "ai2d"
HUB = SAMPLE / "data" / "test-00000-of-00001.parquet"


def row(**cells: Any) -> dict[str, Any]:
    usual = {"question": "Which label?", "options": ["C", "A", "B"], "answer": "2"}
    return usual | {"image": IMAGE} | cells


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    return parquet(folder, list(rows), image=IMAGE_TYPE, options=TEXTS)


def choice(record: Record) -> MultipleChoice:
    assert isinstance(record.content, MultipleChoice)
    return record.content


def test_letters_of_the_diagram_stay_as_they_are() -> None:
    first, _, third = records("ai2d", HUB)
    assert choice(first).options == ("C", "A", "B", "none of these")
    assert choice(third).options == ("1", "2", "3", "4")
    assert [choice(r).key for r in records("ai2d", HUB)] == ["A", "C", "C"]


def test_table_and_parquet_ask_the_same() -> None:
    table = records("ai2d", SAMPLE / "AI2D_TEST.tsv")
    assert [record.upstream["index"] for record in table] == [0, 1, 2]
    for one, other in zip(table, records("ai2d", HUB), strict=True):
        assert one.key == other.key
        assert choice(one).options == choice(other).options
        assert choice(one).key == choice(other).key
        assert one.picture == other.picture


def test_keys_are_fixed_for_ever() -> None:
    assert records("ai2d", HUB)[2].key == "3c74ce9e55c81086"


def test_number_of_the_answer_is_kept_as_upstream_has_it(tmp_path: Path) -> None:
    record = only("ai2d", write(tmp_path, row()))
    assert choice(record).key == "C"
    assert record.upstream == {"answer": "2"}


def test_same_question_on_another_picture_has_another_key(tmp_path: Path) -> None:
    one = only("ai2d", write(tmp_path, row()))
    photo = {"bytes": PHOTO.read_bytes(), "path": None}
    other = only("ai2d", write(tmp_path, row(image=photo)))
    assert one.content == other.content
    assert one.key != other.key


def test_rows_that_ask_the_same_are_numbered_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, row(), row(question="Which?"), row(answer="0"), row())
    first, other, second, third = (record.key for record in records("ai2d", path))
    assert first != other
    assert (second, third) == (f"{first}-2", f"{first}-3")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"answer": "3"}, "answer", "is 3, but the row has 3 options"),
        ({"answer": "C"}, "answer", "expected a whole number, got 'C'"),
        ({"answer": None}, "answer", "expected a whole number"),
        ({"image": None}, "image", "there is no picture"),
        ({"options": ["A", "", "B"]}, "options", "option B: is empty"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    path = write(tmp_path, row(), row(**cells), row())
    assert_only_the_second_is_refused("ai2d", path, column, reason)


def test_repeated_index_of_the_table_is_refused(tmp_path: Path) -> None:
    cells = {"question": "Which?", "A": "C", "B": "D", "answer": "A", "image": BASE64}
    path = tsv(tmp_path, [{"index": index} | cells for index in (1, 1, 2)])
    reason = "1 is already on line 2"
    assert_only_the_second_is_refused("ai2d", path, "index", reason, line=3)
