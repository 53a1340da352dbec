"""Only pictures come in, and none is decoded by the process that keeps them."""

from __future__ import annotations

import io
import os
import signal

import pytest
from PIL import Image as Pillow

from annotation import images
from annotation.errors import Invalid
from annotation.images import drawing
from annotation.models import Image
from tests.corpus.pictures.hostile import SCRIPT
from tests.factories import display_path, picture


def opened(content: bytes) -> Pillow.Image:
    shown = Pillow.open(io.BytesIO(content))
    shown.load()
    return shown


@pytest.mark.django_db
def test_store_keeps_the_original_and_writes_its_copies():
    original = picture()
    image = images.store(original, url="http://x.invalid/a.png", claimed="0" * 64)
    assert image.original_path.read_bytes() == original
    assert opened(display_path(image).read_bytes()).size == (320, 240)
    file, media_type = images.open_small(image)
    with file:
        assert opened(file.read()).size == (256, 192)
    assert media_type == "image/png"
    assert (image.media_type, image.width, image.height) == ("image/png", 320, 240)
    assert (image.size, image.claimed_sha256) == (len(original), "0" * 64)
    assert not image.is_claimed(image.sha256)


@pytest.mark.django_db
def test_the_same_bytes_are_one_image():
    assert images.store(picture()) == images.store(picture())
    assert Image.objects.count() == 1


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind(settings):
    with pytest.raises(Invalid, match="no JPEG"):
        images.store(SCRIPT)
    assert not Image.objects.exists()
    assert not settings.MEDIA_DIR.exists()


def test_a_look_gives_the_reason_that_drawing_would():
    assert images.fault(picture()) == ""
    assert images.fault(SCRIPT) == "this is no JPEG, PNG or WebP picture"


def test_no_pixel_is_decoded_where_the_database_is(monkeypatch):
    """Here the decoders are gone, and pictures are drawn nevertheless."""
    from corpus.pictures import decoding

    monkeypatch.setattr(decoding, "OPENERS", {})
    assert images.draw(picture()).width == 320


def test_a_fork_does_not_speak_through_the_pipes_of_its_parent():
    images.draw(picture())
    theirs = drawing.APART.pids
    pid = os.fork()
    if pid == 0:
        is_right = not drawing.APART.pids and images.draw(picture()).width == 320
        drawing.APART.close()
        os._exit(0 if is_right else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert drawing.APART.pids == theirs
    assert images.draw(picture()).width == 320
    assert drawing.APART.pids == theirs


def test_a_process_that_was_killed_while_it_waited_costs_no_picture():
    images.draw(picture())
    for pid in drawing.APART.pids:
        os.kill(pid, signal.SIGKILL)
    assert images.draw(picture()).width == 320
