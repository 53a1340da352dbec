"""Pictures in object storage, spoken to with the real client over a real socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation import images
from annotation.errors import NotFound
from annotation.images.bucket import Bucket
from tests.factories import picture

pytestmark = pytest.mark.django_db


def content_of(opened) -> tuple[bytes, str]:
    file, media_type = opened
    with file:
        return file.read(), media_type


def test_a_picture_and_its_copies_lie_in_the_bucket_and_not_on_the_disk(
    bucket, settings
):
    image = images.store(picture())
    name = f"{image.sha256[:2]}/{image.sha256}"
    uses = ("original", "display", "small")
    assert set(bucket.objects) == {f"/pictures/{use}/{name}" for use in uses}
    assert bucket.objects[f"/pictures/original/{name}"] == picture()
    assert not settings.MEDIA_DIR.exists()


def test_what_was_put_in_comes_out(bucket):
    image = images.store(picture())
    assert content_of(images.open_original(image)) == (picture(), "image/png")
    display, media_type = content_of(images.open_display(image))
    assert media_type == "image/png"
    assert f"/pictures/display/{image.sha256[:2]}/{image.sha256}" in bucket.objects
    assert display in bucket.objects.values()


def test_a_path_is_a_file_of_this_machine_fetched_once_and_when_it_is_opened(bucket):
    path = images.store(picture()).original_path
    assert bucket.asked == []
    assert Path(path).read_bytes() == picture()
    asked = len(bucket.asked)
    assert Path(path).read_bytes() == picture()
    assert len(bucket.asked) == asked


def test_a_lost_copy_is_made_again_and_a_lost_original_is_missing(bucket):
    image = images.store(picture())
    del bucket.objects[f"/pictures/{image.file_name(image.Use.SMALL)}"]
    assert content_of(images.open_small(image))[0]
    del bucket.objects[f"/pictures/{image.file_name(image.Use.ORIGINAL)}"]
    with pytest.raises(NotFound, match="missing"):
        images.open_original(image)


def test_settings_without_a_bucket_use_the_disk(settings):
    assert settings.S3_BUCKET == ""
    assert settings.STORAGES["originals"]["BACKEND"].endswith("Disk")
    assert settings.BUCKET["BACKEND"] == f"{Bucket.__module__}.{Bucket.__name__}"
