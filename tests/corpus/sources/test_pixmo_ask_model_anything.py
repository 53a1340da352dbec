from pathlib import Path
from typing import Any

import pytest

from corpus.content import QuestionAnswer
from corpus.record import Picture
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import (
    assert_only_the_second_is_refused,
    only,
    parquet,
    records,
)

NAME = "pixmo-ask-model-anything"
SAMPLE = SAMPLES / NAME / "data" / "train-00000-of-00001.parquet"
URL = "https://example.org/a.png?size=large"
HASH = "AB" * 32


def row(**cells: Any) -> dict[str, Any]:
    usual = {"image_url": URL, "image_sha256": HASH}
    return usual | {"question": "What is it?", "answer": "A cat."} | cells


def test_sample_gives_its_four_questions() -> None:
    found = records(NAME, SAMPLE)
    assert [record.content.kind for record in found] == ["question_answer"] * 4
    assert len({record.key for record in found}) == 4
    assert len({record.picture for record in found}) < 4


def test_keys_are_fixed_for_ever() -> None:
    assert records(NAME, SAMPLE)[3].key == "4-19bcf5a55888bc0a"


def test_claimed_hash_is_kept_as_it_is_spelled_and_in_lower_case(
    tmp_path: Path,
) -> None:
    record = only(NAME, parquet(tmp_path, [row()]))
    assert record.picture == Picture(url=URL, sha256="ab" * 32)
    assert record.upstream == {"image_sha256": HASH}
    assert record.content == QuestionAnswer("What is it?", "A cat.")


def test_row_without_a_claimed_hash_is_read(tmp_path: Path) -> None:
    record = only(NAME, parquet(tmp_path, [row(image_sha256=None)]))
    assert record.picture == Picture(url=URL)
    assert record.upstream == {"image_sha256": None}


def test_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    asked = "Is it a cafe\u0301?\r\n  "
    record = only(NAME, parquet(tmp_path, [row(question=asked)]))
    assert isinstance(record.content, QuestionAnswer)
    assert record.content.question == asked


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"image_url": "a.png"}, "image_url", "no http or https"),
        ({"image_sha256": "ab"}, "image_sha256", "64 hexadecimal digits"),
        ({"question": None}, "question", "expected text"),
        ({"answer": " "}, "answer", "is empty"),
        ({"answer": "a\x00"}, "answer", "NUL"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    path = parquet(tmp_path, [row(), row(**cells), row()])
    assert_only_the_second_is_refused(NAME, path, column, reason)
