import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import Caption, MultipleChoice, YesNo
from corpus.formats import benchmark_parquet
from corpus.formats.benchmark_parquet import refusals
from corpus.formats.benchmark_rows import Rows
from corpus.formats.release import Part, ReleaseBlocked, ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.benchmark_releases import GLUED, MAKERS, benchmark
from tests.corpus.contents import PICTURE
from tests.corpus.releases import CHOICE, release_item

UPSTREAM = {
    "mmbench": (
        "index image question hint answer A B C D category source L2-category comment "
        "split"
    ),
    "scienceqa": (
        "image question choices answer hint task grade subject topic category skill "
        "lecture solution"
    ),
    "mme": "question_id image question answer category",
    "pope": "id question_id question answer image_source image category",
    "ai2d": "question options answer image",
}
OURS = ["language", "origin", "image_sha256", "licence", "judgments"]


def write(folder: Path, items: list[ReleaseItem], **options: Any) -> list[Part]:
    return benchmark_parquet.write(items, folder, **options)


def rows(folder: Path, language: str = "fr", split: str = "test") -> list[dict]:
    [path] = folder.glob(f"{language}/{split}-*.parquet")
    return list(pq.read_table(path).to_pylist())


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


@pytest.mark.parametrize("name", MAKERS)
def test_columns_of_the_hub_copy_come_first(tmp_path: Path, name: str) -> None:
    parts = write(tmp_path, benchmark(name, ["en", "fr"]), split="dev")
    assert [part.path for part in parts] == [
        f"{code}/dev-00000-of-00001.parquet" for code in ("en", "fr")
    ]
    schemas = [pq.read_schema(tmp_path / part.path) for part in parts]
    assert schemas[0].equals(schemas[1], check_metadata=True)
    upstream = UPSTREAM[name].split()
    assert schemas[0].names[: len(upstream)] == upstream
    assert set(OURS) < set(schemas[0].names[len(upstream) :])
    assert len(set(schemas[0].names)) == len(schemas[0].names)


@pytest.mark.parametrize("name", MAKERS)
def test_datasets_loads_every_language_and_decodes_the_pictures(
    tmp_path: Path, name: str
) -> None:
    datasets = pytest.importorskip("datasets")
    parts = write(tmp_path / "set", benchmark(name, ["fr", "it"]))
    for part in parts:
        found = datasets.load_dataset(
            "parquet",
            data_files={"test": str(tmp_path / "set" / part.path)},
            cache_dir=str(tmp_path / "cache"),
        )["test"]
        assert isinstance(found.features["image"], datasets.Image)
        assert {row["language"] for row in found} == {part.language}
        assert found[0]["image"].size[0] > 0


def test_mmbench_row_is_that_of_the_hub_with_nulls_for_what_is_not_there(
    tmp_path: Path,
) -> None:
    write(tmp_path, benchmark("mmbench", ["fr"]))
    row = rows(tmp_path)[1]
    picture = row.pop("image")
    assert picture["bytes"] == PICTURE.read_bytes()
    upstream = [name for name in UPSTREAM["mmbench"].split() if name != "image"]
    assert {name: row[name] for name in upstream} == {
        "index": 305,
        "question": "Lequel est-ce ?",
        "hint": None,
        "answer": "B",
        "A": "rouge",
        "B": "bleu",
        "C": "bleu foncé",
        "D": None,
        "category": "blue",
        "source": "ours",
        "L2-category": "coarse",
        "comment": None,
        "split": "dev",
    }
    assert (row["id"], row["language"]) == ("mmbench/305", "fr")


def test_answers_are_written_as_each_set_writes_them(tmp_path: Path) -> None:
    found = {}
    for name in MAKERS:
        write(tmp_path / name, benchmark(name, ["fr"]))
        found[name] = [row["answer"] for row in rows(tmp_path / name)][:2]
    assert found == {
        "mmbench": ["A", "B"],
        "scienceqa": [3, 0],
        "ai2d": ["2", "1"],
        "mme": ["Yes", "No"],
        "pope": ["yes", "no"],
    }
    [path] = (tmp_path / "scienceqa" / "fr").iterdir()
    assert str(pq.read_schema(path).field("answer").type) == "int8"


def test_lists_and_pictures_are_described_as_older_readers_know_them(
    tmp_path: Path,
) -> None:
    [part] = write(tmp_path, benchmark("scienceqa", ["fr"]))
    metadata = pq.read_schema(tmp_path / part.path).metadata
    features = json.loads(metadata[b"huggingface"])["info"]["features"]
    assert features["choices"]["_type"] == "Sequence"
    assert features["image"] == {"_type": "Image"}
    assert features["answer"] == {"dtype": "int8", "_type": "Value"}
    assert rows(tmp_path)[1]["image"] is None


def test_copies_and_repeats_are_added_when_asked_for(tmp_path: Path) -> None:
    copied = Rows(circular=True)
    [part] = write(tmp_path / "m", benchmark("mmbench", ["fr"]), rows=copied)
    assert part.rows == 9
    assert [row["index"] for row in rows(tmp_path / "m")][-2:] == [812, 1000812]
    repeated = Rows(repeats=True)
    write(tmp_path / "p", benchmark("pope", ["fr"]), rows=repeated)
    found = [
        (row["id"], row["question_id"], row["category"], row["item_id"])
        for row in rows(tmp_path / "p")
    ]
    assert found == [
        ("a1", "1", "adversarial", "pope/1"),
        ("p1", "1", "popular", "pope/1"),
        ("r1", "1", "random", "pope/1"),
        ("a2", "2", "adversarial", "pope/2"),
    ]


def test_only_the_english_question_keeps_the_instruction_glued_to_it(
    tmp_path: Path,
) -> None:
    items = benchmark("mme", ["en", "es"])
    write(tmp_path, items, whole=True)
    for code in ("en", "es"):
        own = [item for item in items if item.language == code]
        glued = GLUED if code == "en" else ""
        found = rows(tmp_path, code)
        assert [r["question"] for r in found] == [
            i.content.question + glued for i in own
        ]
    assert rows(tmp_path, "es")[0]["instruction"] == "Responda sí o no."
    assert rows(tmp_path, "es")[0]["yes_word"] == "Sí"
    assert rows(tmp_path, "en")[0]["instruction"] == GLUED.strip()


def test_part_of_mme_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    items = benchmark("mme", ["fr"])[1:]
    with pytest.raises(
        ReleaseError, match="fr would not be the whole of MME: it lacks"
    ):
        write(tmp_path, items, whole=True)
    [part] = write(tmp_path / "part", items)
    assert part.rows == 27


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (release_item(Caption("Un chat.")), "a caption has no place in this format"),
        (release_item(CHOICE, source=Caption("A cat.")), "the source is a caption"),
        (
            release_item(CHOICE, source=replace(CHOICE, key="A")),
            "the key is not that of the source",
        ),
        (
            release_item(CHOICE, source=replace(CHOICE, options=("a", "b"))),
            "there are 3 options, the source has 2",
        ),
        (
            release_item(MultipleChoice("?", tuple("abcde"), "A")),
            "there are 5 options, the set has columns for 4",
        ),
    ],
)
def test_item_without_a_place_in_the_columns_says_why(
    item: ReleaseItem, reason: str
) -> None:
    assert refusals(item) == [reason]


def test_all_blocked_items_are_named_at_once_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    items = benchmark("mmbench", ["de", "fr"])
    items[0] = replace(items[0], source=CHOICE)
    items[4] = replace(items[4], upstream={"index": 241})
    with pytest.raises(
        ReleaseBlocked, match=r"has the index of mmbench/241 \(fr\)"
    ) as e:
        write(tmp_path, items)
    assert e.value.keys == {("mmbench", "241"), ("mmbench", "305")}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_copies_of_what_has_none_are_blocked(tmp_path: Path) -> None:
    with pytest.raises(ReleaseBlocked, match="only MMBench has circular copies"):
        write(tmp_path, benchmark("ai2d", ["fr"]), rows=Rows(circular=True))


def test_two_benchmarks_do_not_share_their_columns(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["fr"]) + benchmark("mmbench", ["fr"])
    with pytest.raises(ReleaseError, match=r"mmbench/241 \(fr\) is of another"):
        write(tmp_path, items)


def test_caption_is_no_benchmark(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is a caption: no benchmark"):
        write(tmp_path, [release_item(Caption("Un chat."))])


@pytest.mark.parametrize("content", [CHOICE, YesNo("Rouge ?", "No", "c")])
def test_set_of_our_own_has_columns_too(tmp_path: Path, content: Any) -> None:
    write(tmp_path, [release_item(content, dataset="ours", upstream={"index": 4})])
    [row] = rows(tmp_path)
    assert (row["index"], row["answer"], row["category"]) == (4, content.key, "c")


def test_written_split_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, benchmark("ai2d", ["fr"]))
    with pytest.raises(ReleaseError, match="fr already holds test files"):
        write(tmp_path, benchmark("ai2d", ["fr"]))
    assert len(list((tmp_path / "fr").iterdir())) == 1
    write(tmp_path, benchmark("ai2d", ["fr"]), split="dev", home="")
    [part] = write(tmp_path, benchmark("ai2d", ["fr"]), home="more")
    assert part.path == "more/fr/test-00000-of-00001.parquet"


def test_nothing_to_write_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no item to release"):
        write(tmp_path, [])


def test_release_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        parts = write(tmp_path / name, benchmark("mme"))
        files = [(tmp_path / name / part.path).read_bytes() for part in parts]
        digests.append([hashlib.sha256(file).hexdigest() for file in files])
    assert digests[0] == digests[1]
