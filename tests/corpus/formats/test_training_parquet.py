import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from PIL import Image

from corpus.content import KINDS, Caption, Kind
from corpus.formats import card, training_parquet
from corpus.formats.release import Part, ReleaseError
from corpus.formats.training_columns import columns
from corpus.record import ReleaseItem
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.releases import EVERY_KIND, numbered, release_item


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def load(folder: Path, parts: list[Part], language: str, cache: Path) -> Any:
    """What a dataset user gets; needs no network."""
    datasets = pytest.importorskip("datasets")
    made = card.Card(
        title="Multi",
        summary="A test.",
        licence="CC-BY-4.0",
        kinds=KINDS,
        parts=parts,
        sources=(),
        columns=(),
        policy="",
        made="",
    )
    (folder / "README.md").write_text(card.render(made), "utf-8")
    found = datasets.load_dataset(str(folder), language, cache_dir=str(cache))
    return found["train"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


def test_datasets_loads_each_language_and_decodes_the_images(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = numbered(*EVERY_KIND, language="en") + numbered(*EVERY_KIND)
    parts = training_parquet.write(items, folder, kinds=KINDS, embed_images=True)
    french = load(folder, parts, "fr", tmp_path / "cache")
    english = load(folder, parts, "en", tmp_path / "cache")
    assert french["id"] == english["id"] == [f"mmbench/{n}" for n in range(1, 6)]
    with Image.open(PICTURE) as picture:
        assert french[0]["image"].size == picture.size
    assert french[0]["caption"] == "Un chat."
    assert french[1]["answer"] == "Moi."
    assert french[2]["turns"] == [
        {"question": "Combien ?", "answer": "3", "explanation": "On compte."},
        {"question": "Où ?", "answer": "À gauche.", "explanation": ""},
    ]
    assert french[3]["options"] == ["red", "blue", "None of them"]
    assert [french[n]["answer"] for n in (3, 4)] == ["B", "No"]
    assert set(french["language"]) == {"fr"}
    assert french[0]["model"] == "m-7b"
    assert french[0]["licence"] == "CC-BY-4.0"


def test_image_bytes_come_back_unchanged(tmp_path: Path) -> None:
    items = [
        release_item(Caption("A"), key="1", picture=PHOTO),
        release_item(Caption("B"), key="2", picture=None),
    ]
    training_parquet.write(items, tmp_path, kinds=["caption"], embed_images=True)
    [one, two] = pq.read_table(tmp_path / "fr").to_pylist()
    assert one["image"]["bytes"] == PHOTO.read_bytes()
    assert one["image"]["path"] == f"{items[0].image_sha256}.jpg"
    assert Image.open(io.BytesIO(one["image"]["bytes"])).format == "JPEG"
    assert two["image"] is None


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("caption", ["image_url", "caption", "transcripts"]),
        ("question_answer", ["image_url", "image_sha256", "question", "answer"]),
        ("multiple_choice", ["question", "hint", "options", "answer", "category"]),
    ],
)
def test_set_of_one_kind_begins_with_the_columns_of_its_source(
    kind: Kind, first: list[str]
) -> None:
    names = [column.name for column in columns([kind], embed_images=True)]
    assert names[: len(first)] == first
    assert len(names) == len(set(names))
    assert {"id", "language", "image", "image_url", "image_sha256"} <= set(names)


def test_every_column_says_what_it_means() -> None:
    assert all(column.meaning for column in columns(KINDS, embed_images=True))


def test_addresses_only_means_no_image_column(tmp_path: Path) -> None:
    item = release_item(
        Caption("Un chat."),
        picture=None,
        image_url="https://example.org/a.png",
        upstream={"transcripts": ["a cat"]},
    )
    training_parquet.write([item], tmp_path, kinds=["caption"], embed_images=False)
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    assert "image" not in row
    assert row["image_url"] == "https://example.org/a.png"
    assert row["transcripts"] == ["a cat"]
    assert json.loads(row["upstream"]) == {"transcripts": ["a cat"]}


def test_lists_are_described_so_that_old_readers_take_them(tmp_path: Path) -> None:
    items = numbered(*EVERY_KIND)
    training_parquet.write(items, tmp_path, kinds=KINDS, embed_images=True)
    [file] = (tmp_path / "fr").iterdir()
    described = json.loads(pq.read_schema(file).metadata[b"huggingface"])
    features = described["info"]["features"]
    assert features["image"] == {"_type": "Image"}
    assert features["options"]["_type"] == "Sequence"
    assert isinstance(features["turns"], list)
    assert '"List"' not in json.dumps(described)
    assert list(features) == pq.read_schema(file).names


def test_release_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    items = numbered(*EVERY_KIND, language="de") + numbered(*EVERY_KIND)
    for name in ("one", "two"):
        training_parquet.write(
            iter(items), tmp_path / name, kinds=KINDS, embed_images=True
        )
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert list(hashes(tmp_path / "one")) == [
        "de/train-00000-of-00001.parquet",
        "fr/train-00000-of-00001.parquet",
    ]


def many(count: int, **fields: Any) -> list[ReleaseItem]:
    return [
        release_item(Caption(f"Chat {n}."), key=f"{n:05}", **fields)
        for n in range(count)
    ]


def test_large_set_is_cut_into_shards_with_all_rows_in_order(tmp_path: Path) -> None:
    limit = 120 * PICTURE.stat().st_size
    parts = training_parquet.write(
        many(350), tmp_path, kinds=["caption"], embed_images=True, shard_bytes=limit
    )
    assert [part.rows for part in parts] == [100, 100, 100, 50]
    assert parts[0].path == "fr/train-00000-of-00004.parquet"
    tables = [pq.read_table(tmp_path / part.path) for part in parts]
    keys = pa.concat_tables(tables).column("key").to_pylist()
    assert keys == [f"{n:05}" for n in range(350)]


def test_row_groups_with_images_hold_at_most_a_hundred_rows(tmp_path: Path) -> None:
    training_parquet.write(many(250), tmp_path, kinds=["caption"], embed_images=True)
    metadata = pq.read_metadata(tmp_path / "fr" / "train-00000-of-00001.parquet")
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert sizes == [100, 100, 50]
    assert metadata.row_group(0).column(0).compression == "ZSTD"
    assert metadata.row_group(0).column(0).has_offset_index


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([], "no item to release"),
        (list(reversed(numbered(*EVERY_KIND))), "out of order"),
        ([release_item(EVERY_KIND[1])], "is a question_answer, not announced"),
        ([release_item(EVERY_KIND[0], image_path="/nowhere.png")], "is gone"),
    ],
)
def test_failed_release_leaves_no_data_file(
    tmp_path: Path, items: list[ReleaseItem], message: str
) -> None:
    kinds: list[Kind] = ["caption"] if len(items) < 2 else list(KINDS)
    with pytest.raises(ReleaseError, match=message):
        training_parquet.write(items, tmp_path, kinds=kinds, embed_images=True)
    assert hashes(tmp_path) == {}


def test_release_that_fails_late_leaves_no_data_file(tmp_path: Path) -> None:
    items = [*many(150), release_item(Caption("Fin."), key="99999", image_path="/none")]
    with pytest.raises(ReleaseError, match="is gone"):
        training_parquet.write(items, tmp_path, kinds=["caption"], embed_images=True)
    assert hashes(tmp_path) == {}


def test_loader_refuses_a_release_that_lost_rows(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = [release_item(Caption("Un chat."))]
    parts = training_parquet.write(items, folder, kinds=["caption"], embed_images=True)
    claimed = [replace(part, rows=2) for part in parts]
    with pytest.raises(Exception, match="num_examples=2"):
        load(folder, claimed, "fr", tmp_path / "cache")


def test_files_that_are_there_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    items = [release_item(Caption("Un chat."))]
    training_parquet.write(items, tmp_path, kinds=["caption"], embed_images=False)
    before = hashes(tmp_path)
    with pytest.raises(ReleaseError, match="already holds train files"):
        training_parquet.write(items, tmp_path, kinds=["caption"], embed_images=False)
    assert hashes(tmp_path) == before
