import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import Caption
from corpus.formats import messages_parquet
from corpus.formats.release import ReleaseError
from tests.corpus.contents import PHOTO
from tests.corpus.formats.loading import hashes, load
from tests.corpus.formats.writing import write
from tests.corpus.releases import CHOICE, EVERY_KIND, numbered, release_item

DIALOGUES = EVERY_KIND[:3]


def texts_of(messages: list[dict[str, Any]]) -> list[tuple[str, list[Any]]]:
    """Role and, for each part, its text or its type."""
    return [
        (message["role"], [part["text"] or part["type"] for part in message["content"]])
        for message in messages
    ]


def test_datasets_loads_dialogues_with_their_images(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = numbered(*DIALOGUES, language="en") + numbered(*DIALOGUES)
    parts = write(messages_parquet, items, folder, embed_images=True)
    caption, question, talk = load(folder, parts, "fr", tmp_path / "cache")["train"]
    assert [image.size for image in caption["images"]] == [(260, 170)]
    assert texts_of(caption["messages"]) == [
        ("user", ["image", "Décris cette image."]),
        ("assistant", ["Un chat."]),
    ]
    assert texts_of(question["messages"])[1] == ("assistant", ["Moi."])
    assert texts_of(talk["messages"]) == [
        ("user", ["image", "Combien ?"]),
        ("assistant", ["3"]),
        ("user", ["Où ?"]),
        ("assistant", ["À gauche."]),
    ]
    assert talk["id"] == "mmbench/3"


def test_image_part_has_no_field_but_type_and_text(tmp_path: Path) -> None:
    """Trainers count image parts without a field named image."""
    write(messages_parquet, numbered(*DIALOGUES), tmp_path, embed_images=True)
    for row in pq.read_table(tmp_path / "fr").to_pylist():
        parts = [part for said in row["messages"] for part in said["content"]]
        assert {frozenset(part) for part in parts} == {frozenset(["type", "text"])}
        slots = [part for part in parts if part["type"] == "image"]
        assert slots == [{"type": "image", "text": None}]
        assert len(slots) == len(row["images"])


def test_lists_are_described_so_that_old_readers_take_them(tmp_path: Path) -> None:
    write(messages_parquet, numbered(*DIALOGUES), tmp_path, embed_images=True)
    [file] = (tmp_path / "fr").iterdir()
    schema = pq.read_schema(file)
    features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
    assert features["images"] == {"feature": {"_type": "Image"}, "_type": "Sequence"}
    [message] = features["messages"]
    [part] = message["content"]
    assert list(part) == ["type", "text"]
    assert '"List"' not in json.dumps(features)
    assert list(features) == schema.names


def test_image_bytes_are_the_original_ones(tmp_path: Path) -> None:
    item = release_item(Caption("Un chat."), picture=PHOTO)
    write(messages_parquet, [item], tmp_path, embed_images=True)
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    assert row["images"] == [
        {"bytes": PHOTO.read_bytes(), "path": f"{item.image_sha256}.jpg"}
    ]


def test_without_embedding_the_image_is_its_address(tmp_path: Path) -> None:
    item = release_item(Caption("Un chat."), image_url="https://example.org/a.png")
    write(messages_parquet, [item], tmp_path, embed_images=False)
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    assert row["images"] == [{"bytes": None, "path": "https://example.org/a.png"}]
    assert row["messages"][0]["content"][0]["type"] == "image"


def test_item_without_image_is_text_alone(tmp_path: Path) -> None:
    item = release_item(Caption("Un chat."), picture=None)
    write(messages_parquet, [item], tmp_path, embed_images=True)
    [row] = pq.read_table(tmp_path / "fr").to_pylist()
    assert row["images"] == []
    assert texts_of(row["messages"])[0] == ("user", ["Décris cette image."])


def test_release_written_twice_or_by_language_has_the_same_bytes(
    tmp_path: Path,
) -> None:
    items = numbered(*DIALOGUES, language="de") + numbered(*DIALOGUES)
    for name in ("one", "two"):
        write(messages_parquet, items, tmp_path / name, embed_images=True)
    messages_parquet.write_language(
        items[3:], tmp_path / "alone", language="fr", embed_images=True
    )
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    alone = hashes(tmp_path / "alone")
    assert list(alone) == ["fr/train-00000-of-00001.parquet"]
    assert alone.items() <= hashes(tmp_path / "one").items()


@pytest.mark.parametrize(
    ("items", "embed", "message"),
    [
        ([], True, "no item to release"),
        ([release_item(CHOICE)], True, "which no training set holds"),
        (numbered(*DIALOGUES)[::-1], True, "out of order"),
        ([release_item(Caption("A"), image_path="/none")], True, "is gone"),
        ([release_item(Caption("A"))], False, "without an address; embed the images"),
    ],
)
def test_failed_release_leaves_no_data_file(
    tmp_path: Path, items: list[Any], embed: bool, message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        write(messages_parquet, items, tmp_path, embed_images=embed)
    assert hashes(tmp_path) == {}
