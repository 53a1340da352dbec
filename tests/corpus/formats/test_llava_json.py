import json
from pathlib import Path
from typing import Any

import pytest

from corpus.content import Caption, parse
from corpus.formats import llava_json
from corpus.formats.release import ReleaseBlocked, ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.formats.loading import hashes, load_files
from tests.corpus.formats.writing import write
from tests.corpus.releases import CHOICE, EVERY_KIND, numbered, release_item

DIALOGUES = EVERY_KIND[:3]
MARKED = parse("question_answer", {"question": "What is <image>?", "answer": "A tag."})


def rows(folder: Path, name: str = "fr/train.json") -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def said(*values: str) -> list[dict[str, str]]:
    roles = ("human", "gpt") * len(values)
    return [{"from": role, "value": v} for role, v in zip(roles, values, strict=False)]


def test_first_question_alone_begins_with_the_picture(tmp_path: Path) -> None:
    write(llava_json, numbered(*DIALOGUES), tmp_path, embed_images=True)
    caption, question, talk = rows(tmp_path)
    assert caption["conversations"] == said("<image>\nDécris cette image.", "Un chat.")
    assert question["conversations"] == said("<image>\nQui ?", "Moi.")
    assert talk["conversations"] == said("<image>\nCombien ?", "3", "Où ?", "À gauche.")
    assert [row["id"] for row in (caption, question, talk)] == [
        f"mmbench/{n}" for n in (1, 2, 3)
    ]


def test_picture_lies_where_the_row_says(tmp_path: Path) -> None:
    items = [
        release_item(Caption("A"), key="1", picture=PHOTO),
        release_item(Caption("B"), key="2", picture=PICTURE),
        release_item(Caption("C"), key="3", picture=PHOTO),
    ]
    write(llava_json, items, tmp_path, embed_images=True)
    one, two, three = (row["image"] for row in rows(tmp_path))
    assert one == three == f"images/{items[0].image_sha256}.jpg"
    assert two == f"images/{items[1].image_sha256}.png"
    assert (tmp_path / one).read_bytes() == PHOTO.read_bytes()
    assert (tmp_path / two).read_bytes() == PICTURE.read_bytes()
    assert len(list((tmp_path / "images").iterdir())) == 2


def test_every_row_says_where_it_is_from(tmp_path: Path) -> None:
    write(llava_json, numbered(*DIALOGUES), tmp_path, embed_images=True)
    for row in rows(tmp_path):
        assert row["licence"] == "CC-BY-4.0"
        assert (row["language"], row["origin"]) == ("fr", "translated")
        assert row["model"] == "m-7b"


def test_addresses_stand_for_pictures_that_are_not_copied(tmp_path: Path) -> None:
    item = release_item(Caption("A"), image_url="https://example.org/a.png")
    write(llava_json, [item], tmp_path, embed_images=False)
    [row] = rows(tmp_path)
    assert row["image"] == "https://example.org/a.png"
    assert row["conversations"][0]["value"].startswith("<image>\n")
    assert list(hashes(tmp_path)) == ["fr/train.json"]


def test_item_without_image_is_text_alone(tmp_path: Path) -> None:
    item = release_item(Caption("A"), picture=None)
    write(llava_json, [item], tmp_path, embed_images=True)
    [row] = rows(tmp_path)
    assert "image" not in row
    assert row["conversations"][0]["value"] == "Décris cette image."


def test_datasets_loads_the_list(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = numbered(*DIALOGUES, language="en") + numbered(*DIALOGUES)
    parts = write(llava_json, items, folder, embed_images=True)
    assert [(part.path, part.rows) for part in parts] == [
        ("en/train.json", 3),
        ("fr/train.json", 3),
    ]
    found = load_files("json", folder, parts, "fr", tmp_path / "cache")
    assert found["id"] == ["mmbench/1", "mmbench/2", "mmbench/3"]
    assert found[2]["conversations"] == rows(folder)[2]["conversations"]


def seen(count: int) -> list[ReleaseItem]:
    return [
        release_item(
            Caption(str(n)),
            key=f"{n:02}",
            image_url=f"https://example.org/{n}",
            image_path="",
            image_sha256=f"{n:064x}",
        )
        for n in range(count)
    ]


def test_held_out_rows_have_a_list_of_their_own(tmp_path: Path) -> None:
    parts = write(llava_json, seen(50), tmp_path, embed_images=False, share=0.3)
    assert [part.split for part in parts] == ["train", "test"]
    train, test = rows(tmp_path), rows(tmp_path, "fr/test.json")
    assert [len(train), len(test)] == [part.rows for part in parts]
    assert not {row["image"] for row in train} & {row["image"] for row in test}
    assert len(train) + len(test) == 50


def test_split_without_rows_has_no_file(tmp_path: Path) -> None:
    parts = write(llava_json, seen(1), tmp_path, embed_images=False, share=1e-9)
    assert [part.path for part in parts] == ["fr/train.json"]
    assert list(hashes(tmp_path)) == ["fr/train.json"]


def test_release_written_twice_or_by_language_has_the_same_bytes(
    tmp_path: Path,
) -> None:
    items = numbered(*DIALOGUES, language="de") + numbered(*DIALOGUES)
    for name in ("one", "two"):
        write(llava_json, items, tmp_path / name, embed_images=True)
    for language, own in (("fr", items[3:]), ("de", items[:3])):
        llava_json.write_language(
            own, tmp_path / "three", language=language, embed_images=True
        )
    one, two, three = (hashes(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two == three
    assert len(one) == 3


def test_text_that_would_stand_for_a_picture_blocks_the_release(
    tmp_path: Path,
) -> None:
    items = numbered(DIALOGUES[0], MARKED, DIALOGUES[1], MARKED, picture=None)
    with pytest.raises(ReleaseBlocked, match="which stands for a picture") as blocked:
        write(llava_json, items, tmp_path, embed_images=False)
    assert blocked.value.keys == {("mmbench", "2"), ("mmbench", "4")}
    assert hashes(tmp_path) == {}


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
def test_failed_release_leaves_no_list(
    tmp_path: Path, items: list[ReleaseItem], embed: bool, message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        write(llava_json, items, tmp_path, embed_images=embed)
    assert not list(tmp_path.glob("*/*.json"))
    assert not list(tmp_path.rglob("*.unfinished"))


def test_picture_that_changed_stops_the_release(tmp_path: Path) -> None:
    changed = tmp_path / "changed.png"
    changed.write_bytes(PICTURE.read_bytes() + b"x")
    item = release_item(Caption("A"), image_path=str(changed))
    with pytest.raises(ReleaseError, match="is not the one imported"):
        write(llava_json, [item], tmp_path / "out", embed_images=True)
    assert hashes(tmp_path / "out") == {}


def test_list_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    write(llava_json, numbered(*DIALOGUES), tmp_path, embed_images=True)
    before = hashes(tmp_path)
    with pytest.raises(ReleaseError, match=r"fr/train\.json is already there"):
        write(llava_json, numbered(*DIALOGUES), tmp_path, embed_images=True)
    assert hashes(tmp_path) == before


def test_what_a_killed_attempt_left_is_gone(tmp_path: Path) -> None:
    for name in ("fr/test.unfinished", "images/ab.png.fr.unfinished"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"half a file")
    write(llava_json, numbered(*DIALOGUES), tmp_path, embed_images=True)
    assert [Path(name).suffix for name in hashes(tmp_path)] == [".json", ".png"]
