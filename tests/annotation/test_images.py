"""Only pictures come in, and only fresh pixels go out."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow
from PIL import PngImagePlugin

from annotation import images
from annotation.errors import Invalid
from annotation.models import Image
from tests.factories import picture

pytestmark = pytest.mark.django_db


def size_of(path):
    with Pillow.open(path) as shown:
        return shown.size


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_store_keeps_the_original_and_writes_a_display_copy():
    original = picture()
    image = images.store(original, url="http://x.invalid/a.png")
    assert image.original_path.read_bytes() == original
    assert size_of(image.display_path) == (320, 240)
    assert (image.media_type, image.width, image.height) == ("image/png", 320, 240)


def test_the_same_bytes_are_one_image():
    assert images.store(picture()) == images.store(picture())
    assert Image.objects.count() == 1


def test_nothing_hidden_in_the_file_reaches_a_browser():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    original = encoded(Pillow.new("RGB", (64, 64)), "PNG", pnginfo=notes)
    served = images.store(original).display_path.read_bytes()
    assert b"script" in original
    assert b"script" not in served


def test_exif_is_dropped_but_its_rotation_kept():
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "secret place"
    original = encoded(Pillow.new("RGB", (80, 40)), "JPEG", exif=exif)
    served = images.store(original).display_path
    assert b"secret" not in served.read_bytes()
    assert size_of(served) == (40, 80)


def test_a_large_picture_is_shown_smaller():
    image = images.store(picture(size=(3200, 1000)))
    assert size_of(image.display_path) == (1600, 500)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JPEG"),
        (b"<html>not found</html>", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (picture()[:200], "cannot be decoded"),
        (b"\0" * (images.MAX_BYTES + 1), "larger than 20 MiB"),
        (encoded(Pillow.new("RGB", (8, 8)), "GIF"), "no JPEG"),
    ],
)
def test_what_is_no_picture_is_refused(content, reason):
    with pytest.raises(Invalid, match=reason):
        images.store(content)
    assert not Image.objects.exists()


@pytest.mark.parametrize("size", [(12_001, 10), (9_400, 9_400), (13_300, 13_300)])
def test_a_picture_with_too_many_pixels_is_refused_unread(size):
    bomb = encoded(Pillow.new("1", size), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(Invalid, match="too"):
        images.store(bomb)


def test_an_animation_is_refused():
    frames = [Pillow.new("RGB", (8, 8), c) for c in ("red", "blue")]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(Invalid, match="animated"):
        images.store(moving)
