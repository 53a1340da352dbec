from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.content import YesNo
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import (
    BASE64,
    BYTES,
    IMAGE,
    IMAGE_TYPE,
    assert_only_the_second_is_refused,
    only,
    parquet,
    records,
    tsv,
)

SAMPLE = SAMPLES / "MME"
FILES = [SAMPLE / "MME.tsv", SAMPLE / "data" / "test-00000-of-00001.parquet"]
GLUED = " Please answer yes or no."


def hub(**cells: Any) -> dict[str, Any]:
    usual = {"question_id": "OCR/1.png", "image": IMAGE, "answer": "Yes"}
    return usual | {"question": f"Is it open?{GLUED}", "category": "OCR"} | cells


def hub_file(folder: Path, *rows: dict[str, Any]) -> Path:
    return parquet(folder, list(rows), image=IMAGE_TYPE)


def table(folder: Path, *rows: dict[str, Any]) -> Path:
    usual = {"index": 1, "category": "OCR", "image_path": "1.png"}
    usual |= {"question": f"Is it open?{GLUED}", "answer": "Yes", "image": BASE64}
    return tsv(folder, [usual | row for row in rows])


@pytest.mark.parametrize("path", FILES, ids=["tsv", "parquet"])
def test_sample_has_two_questions_of_each_picture(path: Path) -> None:
    found = records("mme", path)
    assert len(found) == 28
    assert set(Counter(record.group for record in found).values()) == {2}
    keys = Counter(
        (r.group, r.content.key) for r in found if isinstance(r.content, YesNo)
    )
    assert set(keys.values()) == {1}


def test_both_files_agree_on_keys_groups_and_contents() -> None:
    one, other = (records("mme", path) for path in FILES)
    for a, b in zip(one, other, strict=True):
        assert (a.key, a.group, a.content) == (b.key, b.group, b.content)


def test_keys_are_fixed_for_ever() -> None:
    key = records("mme", FILES[0])[27].key
    assert key == "text_translation/0013.png-21ec43f52725ad05"


def test_instruction_is_taken_off_and_kept(tmp_path: Path) -> None:
    record = only("mme", hub_file(tmp_path, hub()))
    assert record.content == YesNo("Is it open?", "Yes", "OCR")
    assert record.upstream == {
        "question_id": "OCR/1.png",
        "category": "OCR",
        "instruction": GLUED,
    }
    assert record.picture is not None
    assert record.picture.data == BYTES


def test_spelling_of_the_answer_is_kept(tmp_path: Path) -> None:
    record = only("mme", hub_file(tmp_path, hub(answer="yes ")))
    assert record.content == YesNo("Is it open?", "Yes", "OCR")
    assert record.upstream["answer"] == "yes "


def test_pictures_of_one_name_in_two_categories_are_two_groups(tmp_path: Path) -> None:
    rows = (
        {},
        {"index": 2, "category": "count"},
        {"index": 3, "image_path": "OCR/1.png"},
    )
    first, second, third = records("mme", table(tmp_path, *rows[:2])) + records(
        "mme", table(tmp_path, rows[2])
    )
    assert (first.group, second.group) == ("OCR/1.png", "count/1.png")
    assert third.group == first.group
    assert first.upstream["image_path"] == "1.png"


def test_second_question_may_refer_to_the_picture_of_the_first(tmp_path: Path) -> None:
    other = {"index": 2, "question": "Is it shut?", "answer": "No", "image": "1"}
    first, second = records("mme", table(tmp_path, {}, other))
    assert first.picture == second.picture
    assert second.upstream["instruction"] == ""


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"question": f"Is it open?{GLUED}"}, "question", "already on row 1"),
        ({"question": GLUED}, "question", "is empty"),
        ({"question": None}, "question", "expected text"),
        ({"answer": "Oui"}, "answer", "expected yes or no, got 'Oui'"),
        ({"answer": ""}, "answer", "there is no answer"),
        ({"category": " "}, "category", "expected a text"),
        ({"question_id": None}, "question_id", "expected a text"),
        ({"question_id": "a" * 184}, "question_id", "longer than 183"),
        ({"image": None}, "image", "there is no picture"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    rows = [hub(), hub(question="Is it shut?") | cells, hub(question="Is it new?")]
    path = hub_file(tmp_path, *rows)
    assert_only_the_second_is_refused("mme", path, column, reason)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"index": "x"}, "index", "expected a whole number"),
        ({"image_path": ""}, "image_path", "expected a text"),
        ({"image_path": "a" * 180}, "image_path", "longer than 183"),
        ({"image": ""}, "image", "there is no picture"),
    ],
)
def test_bad_row_of_the_table_is_reported(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    bad, last = {"index": 2, "question": "Is it shut?"}, {"index": 3, "question": "B?"}
    path = table(tmp_path, {}, bad | cells, last)
    assert_only_the_second_is_refused("mme", path, column, reason, line=3)
