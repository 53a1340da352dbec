from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus.content import MultipleChoice
from corpus.record import Record
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import (
    BYTES,
    IMAGE,
    IMAGE_TYPE,
    TEXTS,
    assert_only_the_second_is_refused,
    only,
    parquet,
    records,
)

SAMPLE = SAMPLES / "ScienceQA"
FULL = SAMPLE / "ScienceQA-FULL" / "test-00000-of-00001.parquet"
IMG = SAMPLE / "ScienceQA-IMG" / "test-00000-of-00001.parquet"


def row(**cells: Any) -> dict[str, Any]:
    usual = {"image": IMAGE, "question": "Which?", "choices": ["red", "blue"]}
    return usual | {"answer": 1, "hint": "", "category": "Plants"} | cells


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    types = {"image": IMAGE_TYPE, "choices": TEXTS, "answer": pa.int8()}
    return parquet(folder, list(rows), **types)


def choice(record: Record) -> MultipleChoice:
    assert isinstance(record.content, MultipleChoice)
    return record.content


def test_options_are_two_to_five_and_the_answer_is_a_letter() -> None:
    found = records("scienceqa", IMG)
    assert [len(choice(record).options) for record in found] == [2, 3, 2, 5]
    assert [choice(record).key for record in found] == ["A", "B", "B", "B"]
    assert choice(found[3]).question == "Which of these has fur?\nSelect one."


def test_question_without_a_picture_is_read() -> None:
    pictures = [record.picture for record in records("scienceqa", FULL)]
    assert [picture is not None for picture in pictures] == [True] * 4 + [False]


def test_keys_are_fixed_for_ever() -> None:
    keys = [record.key for record in records("scienceqa", FULL)]
    assert keys[3:] == ["774667d810f32eb5", "c1bf16781f186501"]


def test_same_row_has_the_same_key_in_both_configurations() -> None:
    with_all, with_pictures = records("scienceqa", FULL), records("scienceqa", IMG)
    assert [r.key for r in with_all[:4]] == [r.key for r in with_pictures]


def test_table_and_parquet_ask_the_same() -> None:
    table = records("scienceqa", SAMPLE / "ScienceQA_TEST.tsv")
    for one, other in zip(table, records("scienceqa", IMG), strict=True):
        assert one.key == other.key
        assert choice(one).options == choice(other).options
        assert choice(one).key == choice(other).key
        assert choice(one).category == other.upstream["topic"]


@pytest.mark.parametrize(
    "cells",
    [{"hint": "Look."}, {"choices": ["blue", "red"]}, {"image": None}],
    ids=["hint", "choices", "image"],
)
def test_whatever_is_asked_otherwise_is_another_item(
    tmp_path: Path, cells: dict[str, Any]
) -> None:
    one, other = records("scienceqa", write(tmp_path, row(), row(**cells)))
    assert one.key != other.key


def test_columns_beside_the_content_are_kept(tmp_path: Path) -> None:
    said = {"lecture": "Roots drink.", "solution": None, "skill": "", "task": "nan"}
    image = {"bytes": BYTES, "path": "image.png"}
    record = only("scienceqa", write(tmp_path, row(image=image, **said)))
    assert record.upstream == {
        "image": {"path": "image.png"},
        "answer": 1,
        "category": "Plants",
        "lecture": "Roots drink.",
        "solution": None,
        "skill": "",
        "task": None,
        "nan": ["task"],
    }


@pytest.mark.parametrize("hint", [None, "", "nan"])
def test_missing_hint_is_no_hint_and_remembered(tmp_path: Path, hint: Any) -> None:
    record = only("scienceqa", write(tmp_path, row(hint=hint)))
    assert choice(record).hint == ""
    assert record.upstream.get("hint", "") == ("" if hint == "" else None)
    assert record.upstream.get("nan") == (["hint"] if hint == "nan" else None)


def test_option_that_reads_nan_is_an_option_of_a_list(tmp_path: Path) -> None:
    record = only("scienceqa", write(tmp_path, row(choices=["nan", "None"])))
    assert choice(record).options == ("nan", "None")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"answer": 2}, "answer", "is 2, but the row has 2 options"),
        ({"answer": -1}, "answer", "expected a whole number, got '-1'"),
        ({"answer": None}, "answer", "expected a whole number"),
        ({"choices": ["red"], "answer": 0}, "choices", "options: expected a list"),
        ({"choices": None}, "answer", "is 1, but the row has 0 options"),
        ({"choices": ["red", None]}, "choices", "option B: expected text"),
        ({"choices": ["red", " "]}, "choices", "option B: is empty"),
        ({"choices": list("abc" * 9), "answer": 26}, "choices", "expected a list"),
        ({"question": None}, "question", "expected text"),
        ({"image": {"bytes": None, "path": "a.png"}}, "image", "the name of a file"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    path = write(tmp_path, row(), row(**cells), row())
    assert_only_the_second_is_refused("scienceqa", path, column, reason)
