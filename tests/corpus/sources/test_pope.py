import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus.content import YesNo
from corpus.record import Record, RowError
from corpus.sources import READERS
from tests.corpus.contents import PHOTO, SAMPLES
from tests.corpus.sources.files import (
    BASE64,
    BYTES,
    IMAGE,
    IMAGE_TYPE,
    assert_only_the_second_is_refused,
    lines,
    only,
    parquet,
    read,
    records,
    tsv,
)

SAMPLE = SAMPLES / "POPE"
DATA = Path(__file__).parents[4] / "shared" / "data" / "pope"
COCO = "COCO_val2014_000000310196"
GLUED = " Please answer yes or no."


def own(**cells: Any) -> dict[str, Any]:
    usual = {"question_id": 1, "image": f"{COCO}.jpg"}
    return usual | {"text": "Is there a dog in the image?", "label": "yes"} | cells


def hub(number: int = 1, **cells: Any) -> dict[str, Any]:
    usual = {"id": str(number), "question_id": "1", "question": "Is there a dog?"}
    usual |= {"answer": "yes", "image_source": COCO, "image": IMAGE}
    return usual | {"category": "popular"} | cells


def hub_file(folder: Path, *rows: dict[str, Any], **options: Any) -> Path:
    return parquet(folder, list(rows), image=IMAGE_TYPE, **options)


def table(folder: Path, *rows: dict[str, Any]) -> Path:
    usual = {"index": 1, "question": f"Is there a dog?{GLUED}", "answer": "Yes"}
    usual |= {"category": "popular", "image": BASE64}
    return tsv(folder, [usual | row for row in rows])


def test_eighteen_rows_of_the_hub_are_six_questions() -> None:
    found = records("pope", SAMPLE / "data/test-00000-of-00001.parquet")
    assert len(found) == 6
    assert [row["id"] for row in found[1].upstream["rows"]] == ["1", "7", "13"]
    assert found[1].upstream["tracks"] == ["adversarial", "popular", "random"]
    assert found[1].content == YesNo("Is there a snowboard in the image?", "No")
    assert found[1].picture is not None
    assert found[1].picture.data


def test_tracks_joined_in_one_cell_are_told_apart() -> None:
    first, second, *_ = records("pope", SAMPLE / "POPE.tsv")
    assert first.upstream["tracks"] == ["adversarial", "popular", "random"]
    assert second.upstream["tracks"] == ["adversarial"]
    assert second.upstream["category"] == "adversarial"
    assert second.upstream["index"] == 1
    assert second.upstream["instruction"] == GLUED


def test_own_file_names_the_picture_at_coco_and_the_track(tmp_path: Path) -> None:
    path = lines(tmp_path, [own()], "coco_pope_adversarial.json")
    record = only("pope", path)
    row = {"category": "adversarial", "question_id": 1, "image_source": COCO}
    row |= {"answer": "yes"}
    assert record.content == YesNo("Is there a dog in the image?", "Yes")
    assert record.picture is not None
    assert record.picture.url == f"http://images.cocodataset.org/val2014/{COCO}.jpg"
    assert record.upstream == row | {
        "instruction": "",
        "tracks": ["adversarial"],
        "rows": [row],
    }


def test_own_file_and_the_hub_agree_on_the_key(tmp_path: Path) -> None:
    ours = only("pope", lines(tmp_path, [own(text="Is there a dog?")]))
    hubs = only("pope", hub_file(tmp_path, hub()))
    assert ours.key == hubs.key
    assert ours.content == hubs.content


def test_hub_file_without_names_knows_pictures_by_their_bytes(tmp_path: Path) -> None:
    photo = {"bytes": PHOTO.read_bytes(), "path": None}
    rows = [hub(1), hub(2), hub(3, image=photo)]
    for row in rows:
        del row["image_source"], row["category"]
    path = hub_file(tmp_path, *rows, name="popular-00000-of-00001.parquet")
    dog, other = records("pope", path)
    assert [row["id"] for row in dog.upstream["rows"]] == ["1", "2"]
    assert dog.upstream["tracks"] == ["popular"]
    assert dog.content == other.content
    assert dog.key != other.key


def test_numbers_of_the_rows_may_be_integers(tmp_path: Path) -> None:
    path = hub_file(tmp_path, hub(question_id=7), question_id=pa.int64())
    assert only("pope", path).upstream["question_id"] == 7


def test_picture_that_is_referred_to_is_the_same_picture(tmp_path: Path) -> None:
    again = {"index": 9, "category": "random", "image": "1"}
    record = only("pope", table(tmp_path, {}, again))
    assert record.picture is not None
    assert record.picture.data == BYTES
    assert [row["index"] for row in record.upstream["rows"]] == [1, 9]
    assert "index" not in record.upstream


def test_question_spelled_without_the_instruction_is_the_same(tmp_path: Path) -> None:
    bare = {"index": 2, "question": "Is there a dog?", "answer": "YES"}
    record = only("pope", table(tmp_path, {}, bare))
    first, second = record.upstream["rows"]
    assert first == {"index": 1, "category": "popular"}
    assert second == bare | {"category": "popular"}


def test_contradiction_is_refused_and_says_with_whom(tmp_path: Path) -> None:
    path = hub_file(tmp_path, hub(1), hub(2, answer="no"), hub(3, question="A cat?"))
    reason = "is No, but Yes on row 1"
    assert_only_the_second_is_refused("pope", path, "answer", reason)
    assert isinstance(first := read("pope", path)[0], Record)
    assert len(first.upstream["rows"]) == 1


def test_files_of_three_tracks_are_put_together(tmp_path: Path) -> None:
    merge = READERS["pope"].merge
    assert merge is not None
    found = []
    for number, track in enumerate(("adversarial", "popular", "random")):
        rows = [own(question_id=number)]
        found += records("pope", lines(tmp_path, rows, f"coco_pope_{track}.json"))
    assert len({record.key for record in found}) == 1
    assert len({record.content for record in found}) == 1
    upstream: dict[str, Any] = dict(found[0].upstream)
    for record in [*found[1:], found[1]]:
        upstream = merge(upstream, record.upstream)
    assert upstream["tracks"] == ["adversarial", "popular", "random"]
    assert [row["question_id"] for row in upstream["rows"]] == [0, 1, 2]
    assert "question_id" not in upstream
    assert upstream["image_source"] == COCO


def test_track_that_another_kind_of_file_tells_of_too_counts_once(
    tmp_path: Path,
) -> None:
    merge = READERS["pope"].merge
    assert merge is not None
    rows = [hub(n, category=t) for n, t in enumerate(("popular", "random"))]
    theirs = only("pope", hub_file(tmp_path, *rows)).upstream
    both = only("pope", table(tmp_path, {"category": "popular,random"})).upstream
    ours = only("pope", lines(tmp_path, [own()], "coco_pope_adversarial.json")).upstream

    assert merge(theirs, both) == theirs
    assert merge(both, theirs) == both
    assert merge(theirs, ours)["tracks"] == ["popular", "random", "adversarial"]
    assert len(merge(theirs, ours)["rows"]) == 3


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"text": None}, "text", "there is no question"),
        ({"text": GLUED}, "text", "there is no question"),
        ({"label": None}, "label", "there is no answer"),
        ({"label": "maybe"}, "label", "expected yes or no, got 'maybe'"),
        ({"image": None}, "image", "expected a text"),
        ({"image": "../a.jpg"}, "image", "is not in COCO val2014"),
        ({"image": "a" * 190}, "image", "longer than 183"),
        ({"question_id": "\x00"}, "question_id", "NUL"),
        ({"text": "x" * 20_001}, "text", "longer than"),
    ],
)
def test_bad_line_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, cells: dict[str, Any], column: str, reason: str
) -> None:
    rows = [own(), own(text="Is there a cat?") | cells, own(text="Is there a car?")]
    path = lines(tmp_path, rows)
    assert_only_the_second_is_refused("pope", path, column, reason)


def test_line_that_is_no_json_is_reported(tmp_path: Path) -> None:
    path = lines(tmp_path, [own(), "{", own(text="Is there a cat?")])
    assert_only_the_second_is_refused("pope", path, "", "not JSON")


def test_row_with_an_odd_index_is_reported(tmp_path: Path) -> None:
    odd = {"index": "x", "question": "Is there a cat?"}
    path = table(tmp_path, {}, odd, {"index": 3, "question": "Is there a car?"})
    reason = "expected a whole number"
    assert_only_the_second_is_refused("pope", path, "index", reason, line=3)


def test_row_that_cannot_be_kept_leaves_its_question_to_the_next(
    tmp_path: Path,
) -> None:
    error, record = read("pope", lines(tmp_path, [own(question_id="\x00"), own()]))
    assert error == RowError(1, "question_id", "holds a NUL character")
    assert isinstance(record, Record)
    assert record.line == 2


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the real POPE files are not in ../shared/data/pope"
)
@pytest.mark.parametrize("track", ["adversarial", "popular", "random"])
def test_real_file_is_read_whole(track: str) -> None:
    path = DATA / f"coco_pope_{track}.json"
    found = records("pope", path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    asked = Counter((row["image"], row["text"]) for row in rows)
    assert len(found) == len(asked)
    assert sum(len(record.upstream["rows"]) for record in found) == len(rows) == 3000
    assert all(record.upstream["tracks"] == [track] for record in found)


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the real POPE files are not in ../shared/data/pope"
)
def test_real_tracks_share_questions() -> None:
    keys = {
        r.key for path in sorted(DATA.glob("*.json")) for r in records("pope", path)
    }
    assert len(keys) == 5127
