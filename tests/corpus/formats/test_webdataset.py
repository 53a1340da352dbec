import json
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from corpus.content import Caption
from corpus.formats import webdataset
from corpus.formats.release import ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.formats.loading import hashes, load_files
from tests.corpus.formats.writing import write
from tests.corpus.releases import CHOICE, EVERY_KIND, numbered, release_item

DIALOGUES = EVERY_KIND[:3]


def members(path: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(path) as tar:
        return [(member, tar.extractfile(member).read()) for member in tar]


def photos_and_drawings() -> list[ReleaseItem]:
    return [
        release_item(Caption(str(n)), key=str(n), picture=PHOTO if n % 2 else PICTURE)
        for n in range(6)
    ]


def test_datasets_loads_the_shards(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    items = numbered(*DIALOGUES, language="en") + numbered(*DIALOGUES)
    parts = write(webdataset, items, folder)
    found = load_files("webdataset", folder, parts, "fr", tmp_path / "cache")
    assert set(found.column_names) == {"png", "json", "__key__", "__url__"}
    assert found[0]["png"].size == (260, 170)
    assert [row["json"]["id"] for row in found] == [
        "mmbench/1",
        "mmbench/2",
        "mmbench/3",
    ]
    assert found[2]["json"]["messages"] == [
        {"role": "user", "content": "Combien ?"},
        {"role": "assistant", "content": "3"},
        {"role": "user", "content": "Où ?"},
        {"role": "assistant", "content": "À gauche."},
    ]


def test_picture_and_its_json_stand_side_by_side_under_one_key(
    tmp_path: Path,
) -> None:
    dotted = release_item(Caption("A"), dataset="set@v1.0", key="a.b/c.d")
    write(webdataset, [dotted], tmp_path)
    [(picture, content), (described, text)] = members(
        tmp_path / "fr" / "train-png-00000-of-00001.tar"
    )
    stem, _, suffix = picture.name.partition(".")
    assert (suffix, described.name) == ("png", f"{stem}.json")
    assert content == PICTURE.read_bytes()
    assert json.loads(text)["id"] == "set@v1.0/a.b/c.d"


def test_key_is_the_same_in_every_language(tmp_path: Path) -> None:
    items = [release_item(Caption("A"), language=code) for code in ("de", "fr")]
    parts = write(webdataset, items, tmp_path)
    names = [[m.name for m, _ in members(tmp_path / part.path)] for part in parts]
    assert names[0] == names[1]


def test_every_row_says_the_same_of_itself(tmp_path: Path) -> None:
    write(webdataset, numbered(*DIALOGUES), tmp_path)
    [path] = (tmp_path / "fr").iterdir()
    told = [json.loads(text) for m, text in members(path) if m.name.endswith("json")]
    assert len({tuple(row) for row in told}) == 1
    assert {(row["licence"], row["origin"]) for row in told} == {
        ("CC-BY-4.0", "translated")
    }


def test_shards_hold_pictures_of_one_format(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    parts = write(webdataset, photos_and_drawings(), folder)
    assert [(part.path, part.rows) for part in parts] == [
        ("fr/train-jpg-00000-of-00001.tar", 3),
        ("fr/train-png-00000-of-00001.tar", 3),
    ]
    for part, suffix, picture in zip(
        parts, ("jpg", "png"), (PHOTO, PICTURE), strict=True
    ):
        found = load_files(
            "webdataset", folder, [part], "fr", tmp_path / f"cache-{suffix}"
        )
        assert len(found) == 3
        with Image.open(picture) as image:
            assert {row[suffix].size for row in found} == {image.size}


def test_shards_are_cut_at_their_limit(tmp_path: Path) -> None:
    items = [release_item(Caption("A"), key=f"{n:03}") for n in range(40)]
    limit = 12 * (PICTURE.stat().st_size + 2_000)
    parts = write(webdataset, items, tmp_path, shard_bytes=limit)
    assert sum(part.rows for part in parts) == 40
    assert len(parts) > 2
    assert all(part.size <= limit + tarfile.RECORDSIZE for part in parts)
    assert parts[-1].path.endswith(f"-{len(parts) - 1:05}-of-{len(parts):05}.tar")
    keys = [
        json.loads(text)["key"]
        for part in parts
        for member, text in members(tmp_path / part.path)
        if member.name.endswith("json")
    ]
    assert all(one < other for one, other in pairwise(keys))


def test_nothing_of_the_machine_is_in_a_shard(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(webdataset, photos_and_drawings(), tmp_path / name)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    for member, _ in members(tmp_path / "one/fr/train-png-00000-of-00001.tar"):
        assert (member.mtime, member.uid, member.gid) == (0, 0, 0)
        assert (member.uname, member.gname, member.mode) == ("", "", 0o644)


def test_language_written_alone_has_the_same_bytes(tmp_path: Path) -> None:
    items = numbered(*DIALOGUES, language="de") + numbered(*DIALOGUES)
    write(webdataset, items, tmp_path / "all")
    webdataset.write_language(items[3:], tmp_path / "alone", language="fr")
    alone = hashes(tmp_path / "alone")
    assert list(alone) == ["fr/train-png-00000-of-00001.tar"]
    assert alone.items() <= hashes(tmp_path / "all").items()


def test_held_out_pictures_have_shards_of_their_own(tmp_path: Path) -> None:
    items: list[Any] = [
        release_item(Caption("A"), key=str(n), picture=picture)
        for n, picture in enumerate((PHOTO, PICTURE, PHOTO, PICTURE))
    ]
    shares = [share / 20 for share in range(1, 20)]
    splits = [
        {
            (part.split, part.rows)
            for part in write(webdataset, items, tmp_path / str(share), share=share)
        }
        for share in shares
    ]
    assert {("train", 2), ("test", 2)} in splits


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([], "no item to release"),
        ([release_item(CHOICE)], "which no training set holds"),
        (numbered(*DIALOGUES)[::-1], "out of order"),
        ([release_item(Caption("A"), image_path="/none")], "is gone"),
        ([release_item(Caption("A"), picture=None)], "has no image, so it fits no"),
        (
            [
                *numbered(Caption("A")),
                release_item(Caption("B"), key="2", picture=None),
            ],
            "has no image",
        ),
    ],
)
def test_failed_release_leaves_no_file(
    tmp_path: Path, items: list[ReleaseItem], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        write(webdataset, items, tmp_path)
    assert hashes(tmp_path) == {}


def test_picture_of_an_unknown_format_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.write_bytes(b"no picture at all")
    with pytest.raises(ReleaseError, match="unknown format"):
        write(webdataset, [release_item(Caption("A"), picture=odd)], tmp_path / "out")


def test_shards_that_are_there_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    write(webdataset, numbered(*DIALOGUES), tmp_path)
    with pytest.raises(ReleaseError, match="fr already holds shards"):
        write(webdataset, photos_and_drawings(), tmp_path)


def test_what_a_killed_attempt_left_is_gone(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "train-jpg-00004.unfinished").write_bytes(b"half a file")
    write(webdataset, numbered(*DIALOGUES), tmp_path)
    assert list(hashes(tmp_path)) == ["fr/train-png-00000-of-00001.tar"]
