"""Where the files lie, what happens when one is lost, and how they get there whole."""

from __future__ import annotations

import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from annotation import images
from annotation.errors import NotFound
from annotation.images.disk import Disk, write
from annotation.models import Image
from tests.factories import display_path, picture


@pytest.fixture
def image(db) -> Image:
    return images.store(picture())


def content_of(opened) -> bytes:
    file, _ = opened
    with file:
        return file.read()


def files_below(folder) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_files_are_named_after_what_is_in_them(image, settings):
    name = f"{image.sha256[:2]}/{image.sha256}"
    uses = ("original", "display", "small")
    assert files_below(settings.MEDIA_DIR) == {f"{use}/{name}" for use in uses}


@pytest.mark.parametrize("use", [Image.Use.DISPLAY, Image.Use.SMALL])
def test_a_lost_copy_is_made_again_from_the_original(image, use):
    opened = images.open_display if use is Image.Use.DISPLAY else images.open_small
    before = content_of(opened(image))
    storages["pictures"].delete(image.file_name(use))
    assert content_of(opened(image)) == before


def test_a_lost_original_is_said_to_be_missing(image):
    image.original_path.unlink()
    with pytest.raises(NotFound, match="missing"):
        images.open_original(image)


def test_a_copy_cannot_be_made_again_without_the_original(image):
    image.original_path.unlink()
    display_path(image).unlink()
    with pytest.raises(NotFound, match="missing"):
        images.open_display(image)


def test_an_image_without_bytes_has_no_file(db):
    waiting = Image(url="http://x.invalid/a.png", state=Image.State.PENDING)
    with pytest.raises(ValueError, match="pending"):
        _ = waiting.original_path


def test_originals_and_pictures_are_storages_of_their_own():
    assert Image.Use.ORIGINAL.alias == "originals"
    assert {Image.Use.DISPLAY.alias, Image.Use.SMALL.alias} == {"pictures"}
    assert storages["originals"].lasting
    assert not storages["pictures"].lasting


def test_a_name_is_written_once(tmp_path):
    write(tmp_path / "a", b"first")
    write(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"


def test_a_failed_write_leaves_nothing_under_the_name_or_any_other(
    tmp_path, monkeypatch
):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "deep" / "a", b"content")
    assert files_below(tmp_path) == set()


def test_bytes_are_on_disk_before_their_name_is_and_the_name_before_it_is_said(
    tmp_path, monkeypatch
):
    """What is synced, and whether the name stood there at that moment."""
    seen = []
    path, really = tmp_path / "a", os.fsync

    def watched(handle):
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        seen.append(("folder" if is_folder else "file", path.exists()))
        really(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write(path, b"content", lasting=True)
    assert seen == [("file", False), ("folder", True)]


def test_no_name_leads_out_of_the_folder(settings):
    disk = Disk()
    with pytest.raises(Exception, match="outside|traversal"):
        disk.save("../secret", ContentFile(b"x"))
    with pytest.raises(Exception, match="outside"):
        disk.open("../secret")


def test_the_database_refuses_an_image_that_contradicts_itself(image):
    from django.db import IntegrityError, transaction

    for wrong in (
        {"state": "pending"},
        {"state": "same", "same_as": image},
        {"sha256": None},
        {"same_as": image},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Image.objects.filter(pk=image.pk).update(**wrong)
