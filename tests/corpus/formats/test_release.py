from pathlib import Path

import pytest

from corpus.content import Caption
from corpus.formats.release import (
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    in_order,
    original_bytes,
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
        (b"GIF89a", ".gif"),
        (b"BM", ".bmp"),
        (b"II*\x00", ".tiff"),
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
