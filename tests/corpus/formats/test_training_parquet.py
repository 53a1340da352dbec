import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from PIL import Image

from corpus.content import KINDS, Caption, Kind
from corpus.formats import training_parquet
from corpus.formats.release import ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.formats.loading import hashes, load
from tests.corpus.formats.writing import write
from tests.corpus.releases import COSYN, EVERY_KIND, TALK, numbered, release_item


def test_datasets_loads_each_language_and_decodes_the_images(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = numbered(*EVERY_KIND, language="en") + numbered(*EVERY_KIND)
    parts = write(training_parquet, items, folder, kinds=KINDS, embed_images=True)
    french = load(folder, parts, "fr", tmp_path / "cache")["train"]
    english = load(folder, parts, "en", tmp_path / "cache")["train"]
    assert french["id"] == english["id"] == [f"mmbench/{n}" for n in range(1, 6)]
    with Image.open(PICTURE) as picture:
        assert french[0]["image"].size == picture.size
    assert french[0]["caption"] == "Un chat."
    assert french[1]["answer"] == "Moi."
    assert french[2]["qa_pairs"] == {
        "question": ["Combien ?", "Où ?"],
        "explanation": ["On compte.", ""],
        "answer": ["3", "À gauche."],
    }
    assert french[0]["qa_pairs"] is None
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
    write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=True)
    [one, two] = pq.read_table(tmp_path / "fr").to_pylist()
    assert one["image"]["bytes"] == PHOTO.read_bytes()
    assert one["image"]["path"] == f"{items[0].image_sha256}.jpg"
    assert Image.open(io.BytesIO(one["image"]["bytes"])).format == "JPEG"
    assert two["image"] is None


def test_addresses_only_means_no_image_column(tmp_path: Path) -> None:
    item = release_item(
        Caption("Un chat."),
        picture=None,
        image_url="https://example.org/a.png",
        upstream={"transcripts": ["a cat"]},
    )
    write(training_parquet, [item], tmp_path, kinds=["caption"], embed_images=False)
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    assert "image" not in row
    assert row["image_url"] == "https://example.org/a.png"
    assert row["transcripts"] == ["a cat"]
    assert row["upstream"] == "{}"


def test_lists_are_described_so_that_old_readers_take_them(tmp_path: Path) -> None:
    items = numbered(*EVERY_KIND)
    write(training_parquet, items, tmp_path, kinds=KINDS, embed_images=True)
    [file] = (tmp_path / "fr").iterdir()
    described = json.loads(pq.read_schema(file).metadata[b"huggingface"])
    features = described["info"]["features"]
    assert features["image"] == {"_type": "Image"}
    assert features["options"]["_type"] == "Sequence"
    assert features["qa_pairs"]["_type"] == "Sequence"
    assert '"List"' not in json.dumps(described)
    assert list(features) == pq.read_schema(file).names


def test_release_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    items = numbered(*EVERY_KIND, language="de") + numbered(*EVERY_KIND)
    for name in ("one", "two"):
        write(
            training_parquet,
            iter(items),
            tmp_path / name,
            kinds=KINDS,
            embed_images=True,
        )
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert list(hashes(tmp_path / "one")) == [
        "de/train-00000-of-00001.parquet",
        "fr/train-00000-of-00001.parquet",
    ]


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
        write(training_parquet, items, tmp_path, kinds=kinds, embed_images=True)
    assert hashes(tmp_path) == {}


def test_loader_refuses_a_release_that_lost_rows(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = [release_item(Caption("Un chat."))]
    parts = write(training_parquet, items, folder, kinds=["caption"], embed_images=True)
    claimed = [replace(part, rows=2) for part in parts]
    with pytest.raises(Exception, match="num_examples=2"):
        load(folder, claimed, "fr", tmp_path / "cache")


def test_conversation_has_the_columns_of_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    parts = write(
        training_parquet,
        [release_item(TALK, dataset="cosyn", key="chart_0001", upstream=COSYN)],
        folder,
        kinds=["conversation"],
        embed_images=True,
    )
    [row] = load(folder, parts, "fr", tmp_path / "cache")["train"]
    assert row["id"] == "chart_0001"
    assert row["qa_pairs"]["explanation"] == ["On compte.", ""]
    assert {name: row[name] for name in ("metadata", "data", "code")} == {
        name: COSYN[name] for name in ("metadata", "data", "code")
    }
    assert json.loads(row["upstream"]) == {"id": "chart_0001"}
    assert (row["dataset"], row["key"]) == ("cosyn", "chart_0001")


def seen_everywhere(count: int) -> list[ReleaseItem]:
    """The same pictures in two languages and two datasets, given by address."""
    return [
        release_item(
            Caption(f"{language} {dataset} {n}"),
            language=language,
            dataset=dataset,
            key=f"{n:03}",
            image_path="",
            image_sha256=f"{n:064x}",
        )
        for language in ("de", "fr")
        for dataset in ("one", "two")
        for n in range(count)
    ]


def test_held_out_picture_is_in_no_training_file_of_any_language(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "release"
    parts = write(
        training_parquet,
        seen_everywhere(100),
        folder,
        kinds=["caption"],
        embed_images=False,
        share=0.2,
    )
    assert [(part.language, part.split) for part in parts] == [
        ("de", "train"),
        ("de", "test"),
        ("fr", "train"),
        ("fr", "test"),
    ]
    pictures: dict[str, set[str]] = {"train": set(), "test": set()}
    for language in ("de", "fr"):
        found = load(folder, parts, language, tmp_path / "cache")
        assert found["train"].num_rows + found["test"].num_rows == 200
        for split, rows in found.items():
            pictures[split] |= set(rows["image_sha256"])
    assert not pictures["train"] & pictures["test"]
    assert len(pictures["train"] | pictures["test"]) == 100
    assert 5 <= len(pictures["test"]) <= 40


def test_language_written_alone_has_the_same_bytes(tmp_path: Path) -> None:
    items = seen_everywhere(50)
    write(
        training_parquet,
        items,
        tmp_path / "all",
        kinds=["caption"],
        embed_images=False,
        share=0.2,
    )
    training_parquet.write_language(
        [item for item in items if item.language == "fr"],
        tmp_path / "alone",
        language="fr",
        kinds=["caption"],
        embed_images=False,
        share=0.2,
    )
    whole, alone = hashes(tmp_path / "all"), hashes(tmp_path / "alone")
    assert len(alone) == 2
    assert alone.items() <= whole.items()


@pytest.mark.parametrize("languages", [("fr", "de"), ("fr", "de", "fr")])
def test_languages_come_in_order(tmp_path: Path, languages: tuple[str, ...]) -> None:
    items = [release_item(Caption("Un chat."), language=code) for code in languages]
    with pytest.raises(ReleaseError, match="items in 'de' are out of order"):
        write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=False)
