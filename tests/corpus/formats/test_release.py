from pathlib import Path

import pytest

from corpus.content import Caption
from corpus.formats.release import (
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    by_language,
    in_order,
    original_bytes,
    picture_size,
    start_of,
    suffix_of,
)
from tests.corpus.contents import PHOTO, PICTURE
from tests.corpus.releases import release_item

A_CAT = Caption("A cat.")


def test_sorted_items_pass_unchanged() -> None:
    items = [
        release_item(A_CAT, language="de", key="2"),
        release_item(A_CAT, language="fr", key="10"),
        release_item(A_CAT, language="fr", key="2"),
        release_item(A_CAT, language="fr", key="Z"),
        release_item(A_CAT, language="fr", key="a"),
        release_item(A_CAT, language="fr", dataset="pope", key="1"),
    ]
    assert list(in_order(items)) == items


@pytest.mark.parametrize(
    ("keys", "fault"), [(("2", "10"), "out of order"), (("1", "1"), "appears twice")]
)
def test_order_is_the_duty_of_the_caller(keys: tuple[str, str], fault: str) -> None:
    items = [release_item(A_CAT, key=key) for key in keys]
    with pytest.raises(ReleaseError, match=rf"mmbench/{keys[1]} \(fr\).*{fault}"):
        list(in_order(items))


def test_picture_is_given_back_as_imported() -> None:
    assert original_bytes(release_item(A_CAT)) == PICTURE.read_bytes()


def test_picture_that_changed_or_vanished_stops_the_release(tmp_path: Path) -> None:
    changed = tmp_path / "a.png"
    changed.write_bytes(b"other")
    item = release_item(A_CAT)
    for path, message in [(changed, "not the one"), (tmp_path / "none", "is gone")]:
        with pytest.raises(ReleaseError, match=message):
            original_bytes(release_item(A_CAT, image_path=str(path)))
    assert item.image_sha256


@pytest.mark.parametrize(
    ("start", "suffix"),
    [
        (PICTURE.read_bytes(), ".png"),
        (PHOTO.read_bytes(), ".jpg"),
        (b"RIFF0000WEBPVP8 ", ".webp"),
        (b"GIF89a", ".bin"),
        (b"<html>", ".bin"),
        (b"", ".bin"),
    ],
)
def test_suffix_follows_the_first_bytes(start: bytes, suffix: str) -> None:
    assert suffix_of(start) == suffix


def test_blocked_release_names_all_items_but_tells_of_five() -> None:
    reasons = [(ReleaseKey("mmbench", str(n), "fr"), "is odd") for n in range(7)]
    error = ReleaseBlocked(reasons)
    assert len(error.keys) == 7
    assert ("mmbench", "6") in error.keys
    assert "mmbench/0 (fr): is odd" in str(error)
    assert "and 2 more" in str(error)


def test_languages_come_one_after_the_other() -> None:
    items = [
        release_item(A_CAT, language=language, key=key)
        for language, key in [("de", "1"), ("de", "2"), ("fr", "1")]
    ]
    found = [(code, [item.key for item in own]) for code, own in by_language(items)]
    assert found == [("de", ["1", "2"]), ("fr", ["1"])]


@pytest.mark.parametrize("languages", [("fr", "de"), ("de", "fr", "de")])
def test_language_that_comes_too_late_is_refused(languages: tuple[str, ...]) -> None:
    items = [release_item(A_CAT, language=language) for language in languages]
    with pytest.raises(ReleaseError, match="The items in 'de' are out of order"):
        list(by_language(items))


def test_size_and_beginning_of_a_picture_are_those_of_its_file() -> None:
    item = release_item(A_CAT, picture=PHOTO)
    assert picture_size(item) == PHOTO.stat().st_size
    assert PHOTO.read_bytes().startswith(start_of(item))
    assert suffix_of(start_of(item)) == ".jpg"


def test_picture_that_is_gone_is_told_by_its_hash() -> None:
    item = release_item(A_CAT, image_path="/none", image_sha256="ab" * 32)
    for read in (picture_size, start_of, original_bytes):
        with pytest.raises(ReleaseError, match="(ab){32} is gone"):
            read(item)
