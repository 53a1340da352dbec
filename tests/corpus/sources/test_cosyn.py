from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus.content import Conversation, Turn
from corpus.sources import SourceError
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import (
    BYTES,
    IMAGE,
    IMAGE_TYPE,
    TEXT,
    TEXTS,
    assert_only_the_second_is_refused,
    only,
    parquet,
    read,
    records,
)

SAMPLE = SAMPLES / "CoSyn-400K"
FIELDS = ("question", "explanation", "answer")
METADATA = {"figure_type": "Bar Chart", "persona": "a baker", "topic": "Sales"}
PARALLEL = pa.struct([(field, TEXTS) for field in FIELDS])
LISTED = pa.list_(pa.struct([(field, TEXT) for field in FIELDS]))
PAIRS = {
    "question": ["Which?", "How many?"],
    "explanation": ["The tallest.", ""],
    "answer": ["B2", "15"],
}
TURNS = (Turn("Which?", "B2", "The tallest."), Turn("How many?", "15"))


def as_list(pairs: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [
        dict(zip(pairs, pair, strict=True))
        for pair in zip(*pairs.values(), strict=True)
    ]


def row(pairs: Any, *, column: str = "qa_pairs", **cells: Any) -> dict[str, Any]:
    usual = {"id": "chart_1", "image": IMAGE, column: pairs, "metadata": METADATA}
    return usual | {"data": "a,1", "code": "plot()"} | cells


def write(folder: Path, *rows: dict[str, Any], pairs: Any = PARALLEL) -> Path:
    columns = [name for name in rows[0] if "qa_" in name or "questions" in name]
    metadata = pa.struct([(name, TEXT) for name in METADATA])
    types = {"image": IMAGE_TYPE, "metadata": metadata}
    types |= dict.fromkeys(columns, pairs)
    return parquet(folder, list(rows), name="train-00000-of-00001.parquet", **types)


def test_sample_row_is_one_conversation_with_turns_in_order() -> None:
    [first, second] = records("cosyn", SAMPLE / "chart/train-00000-of-00001.parquet")
    assert first.key == "chart_0001"
    assert isinstance(first.content, Conversation)
    assert [turn.answer for turn in first.content.turns] == ["B2", "15"]
    assert first.content.turns[1].explanation == "3 + 7 + 5 = 15, in thousands."
    assert isinstance(second.content, Conversation)
    assert len(second.content.turns) == 1


@pytest.mark.parametrize(
    ("name", "config", "split"),
    [
        ("chart/validation-00000-of-00001.parquet", "chart", "validation"),
        ("math/train-00000-of-00001.parquet", "math", "train"),
    ],
)
def test_configuration_and_split_are_read_off_the_path(
    name: str, config: str, split: str
) -> None:
    [record] = records("cosyn", SAMPLE / name)
    assert (record.upstream["config"], record.upstream["split"]) == (config, split)
    assert record.upstream["metadata"]["figure_type"]
    assert record.upstream["code"]


def test_other_folders_and_files_tell_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, row(PAIRS)).rename(tmp_path / "mine.parquet")
    record = only("cosyn", path)
    assert record.upstream == {"metadata": METADATA, "data": "a,1", "code": "plot()"}
    assert record.picture is not None
    assert record.picture.data == BYTES


@pytest.mark.parametrize("column", ["qa_pairs", "questions", "questions_and_answers"])
@pytest.mark.parametrize("is_listed", [False, True])
def test_pairs_are_read_under_every_name_and_in_both_shapes(
    tmp_path: Path, column: str, is_listed: bool
) -> None:
    pairs, kind = (as_list(PAIRS), LISTED) if is_listed else (PAIRS, PARALLEL)
    record = only("cosyn", write(tmp_path, row(pairs, column=column), pairs=kind))
    assert record.content == Conversation(TURNS)
    assert column not in record.upstream


@pytest.mark.parametrize("is_listed", [False, True])
def test_missing_explanation_is_remembered_as_missing(
    tmp_path: Path, is_listed: bool
) -> None:
    pairs = PAIRS | {"explanation": ["The tallest.", None]}
    cell, kind = (as_list(pairs), LISTED) if is_listed else (pairs, PARALLEL)
    record = only("cosyn", write(tmp_path, row(cell), pairs=kind))
    assert record.content == Conversation(TURNS)
    assert record.upstream["qa_pairs"] == cell


def test_pairs_without_explanations_are_read(tmp_path: Path) -> None:
    pairs = {"question": ["Which?"], "answer": ["B2"]}
    kind = pa.struct([("question", TEXTS), ("answer", TEXTS)])
    record = only("cosyn", write(tmp_path, row(pairs), pairs=kind))
    assert record.content == Conversation((Turn("Which?", "B2"),))
    nulls = row(pairs | {"explanation": None})
    record = only("cosyn", write(tmp_path, nulls))
    assert record.content == Conversation((Turn("Which?", "B2"),))


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"id": None}, "id", "expected a text"),
        ({"id": "a\nb"}, "id", "control characters"),
        ({"id": "chart_0"}, "id", "chart_0 is already on row 1"),
        ({"image": None}, "image", "there is no picture"),
        ({"image": {"bytes": b"", "path": None}}, "image", "there is no picture"),
        ({"image": {"bytes": None, "path": "a.png"}}, "image", "the name of a file"),
        ({"qa_pairs": None}, "qa_pairs", "there are no questions"),
        (
            {"qa_pairs": {"question": ["a"], "explanation": [], "answer": ["b"]}},
            "qa_pairs",
            "not of one length: 1 question, 0 explanation, 1 answer",
        ),
        (
            {"qa_pairs": {"question": [], "explanation": [], "answer": []}},
            "qa_pairs",
            "at least one turn",
        ),
        (
            {"qa_pairs": PAIRS | {"answer": ["B2", " "]}},
            "qa_pairs",
            "turn 2: answer: is empty",
        ),
        ({"code": "a\x00"}, "code", "NUL"),
        ({"metadata": METADATA | {"topic": "\x00"}}, "metadata", "NUL"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    path = write(
        tmp_path,
        row(PAIRS, id="chart_0"),
        row(PAIRS) | cells,
        row(PAIRS, id="chart_2"),
    )
    assert_only_the_second_is_refused("cosyn", path, column, reason)


def test_missing_pair_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        row(as_list(PAIRS), id="1"),
        row([None], id="2"),
        row(as_list(PAIRS), id="3"),
        pairs=LISTED,
    )
    reason = "one of the pairs is missing"
    assert_only_the_second_is_refused("cosyn", path, "qa_pairs", reason)


def test_file_without_pairs_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path, [{"id": "1", "image": IMAGE}], image=IMAGE_TYPE)
    with pytest.raises(SourceError, match="there is no column qa_pairs or questions"):
        read("cosyn", path)


@pytest.mark.parametrize("kind", [TEXT, TEXTS, pa.struct([("question", TEXTS)])])
def test_pairs_of_another_shape_are_refused(tmp_path: Path, kind: Any) -> None:
    path = write(tmp_path, row(None), pairs=kind)
    with pytest.raises(SourceError, match="column qa_pairs holds .*, expected pairs"):
        read("cosyn", path)
