"""Only fresh pixels go out, upright, of the right size and kind."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow
from PIL import PngImagePlugin

from corpus.pictures import copies
from corpus.pictures.decoding import PictureError
from tests.corpus.pictures import hostile
from tests.corpus.pictures.hostile import coloured, encoded, photo
from tests.factories import picture


def opened(content: bytes) -> Pillow.Image:
    shown = Pillow.open(io.BytesIO(content))
    shown.load()
    return shown


def display_of(image: Pillow.Image, kind: str, **options) -> Pillow.Image:
    return opened(copies.make(encoded(image, kind, **options)).display)


def test_no_byte_of_the_picture_is_in_the_reason():
    """Pillow's own message would quote the broken chunk."""
    broken = hostile.png(8, 8, hostile.chunk(b"IDAT", b"quokka"))
    with pytest.raises(PictureError) as refused:
        copies.make(broken.replace(b"IDAT", b"quok"))
    assert "quok" not in str(refused.value)


def test_notes_in_a_png_do_not_reach_a_browser():
    original = hostile.with_notes()
    made = copies.make(original)
    assert b"script" in original
    assert b"script" not in made.display + made.small


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_hidden_in_a_picture_reaches_a_browser(kind):
    exif = Pillow.Exif()
    exif[0x010E] = "quokka at 47.37 N, 8.54 E"
    hidden = {"exif": exif, "icc_profile": b"quokka profile", "xmp": b"<quokka/>"}
    if kind == "JPEG":
        hidden["comment"] = b"quokka"
    if kind == "PNG":
        hidden["pnginfo"] = PngImagePlugin.PngInfo()
        hidden["pnginfo"].add_text("Comment", "quokka")
    original = encoded(coloured((300, 200)), kind, **hidden)
    tail = b"PK\x03\x04quokka" + hostile.SCRIPT
    made = copies.make(original + tail)
    assert original.count(b"quokka") >= 2
    for copy in (made.display, made.small):
        assert b"quokka" not in copy
        assert not opened(copy).getexif()
        assert set(opened(copy).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_shown_and_measured_upright(orientation):
    lying = Pillow.new("RGB", (160, 80), "white")
    lying.paste("red", (0, 0, 40, 40))
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    made = copies.make(encoded(lying, "JPEG", exif=exif, quality=95))
    shown = opened(made.display)
    upright = (80, 160) if orientation >= 5 else (160, 80)
    assert shown.size == upright == (made.width, made.height)
    right, low = shown.width - 10, shown.height - 10
    corners = [(10, 10), (right, 10), (right, low), (10, low)]
    red = [shown.getpixel(corner)[1] < 100 for corner in corners]
    assert red.index(True) == [0, 1, 2, 3, 0, 1, 2, 3][orientation - 1]
    assert sum(red) == 1


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_note_does_not_cost_the_picture():
    whole = encoded(coloured((64, 64)), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    assert opened(copies.make(whole).display).size == (64, 64)


@pytest.mark.parametrize(
    ("size", "shown", "small"),
    [
        ((3200, 1000), (1600, 500), (256, 80)),
        ((1000, 3200), (500, 1600), (80, 256)),
        ((200, 100), (200, 100), (200, 100)),
        ((12_000, 1), (1600, 1), (256, 1)),
    ],
)
def test_copies_have_the_shape_of_the_picture_and_no_more_than_its_pixels(
    size, shown, small
):
    made = copies.make(encoded(Pillow.new("RGB", size, "teal"), "JPEG"))
    assert (made.width, made.height) == size
    assert opened(made.display).size == shown
    assert opened(made.small).size == small


def test_a_large_jpeg_is_halved_by_its_decoder_yet_not_below_the_copy():
    made = copies.make(encoded(coloured((3300, 2000)), "JPEG"))
    assert (made.width, made.height) == (3300, 2000)
    assert opened(made.display).size == (1600, 970)


@pytest.mark.parametrize(
    ("original", "kind"),
    [
        (photo(), "JPEG"),
        (photo(kind="PNG"), "JPEG"),
        (photo(kind="WEBP"), "JPEG"),
        (picture(), "PNG"),
        (encoded(Pillow.linear_gradient("L").convert("RGB"), "PNG"), "PNG"),
        (encoded(coloured((300, 200)).convert("RGBA"), "PNG"), "JPEG"),
        (encoded(coloured((300, 200)).quantize(64), "PNG"), "PNG"),
        (encoded(Pillow.new("RGB", (64, 64), "red"), "WEBP", lossless=True), "PNG"),
    ],
)
def test_photographs_are_shown_as_jpeg_and_drawings_as_png(original, kind):
    made = copies.make(original)
    assert opened(made.display).format == opened(made.small).format == kind


def test_what_can_be_seen_through_stays_so():
    clear = coloured((300, 200))
    clear.putalpha(Pillow.linear_gradient("L").resize((300, 200)))
    shown = display_of(clear, "PNG")
    assert (shown.mode, shown.format) == ("RGBA", "PNG")
    assert shown.getchannel("A").getextrema()[0] < 10


def test_a_clear_colour_of_a_palette_stays_clear():
    drawn = Pillow.new("P", (40, 40), 1)
    drawn.putpalette([255, 0, 0, 0, 0, 255])
    drawn.paste(0, (0, 0, 20, 40))
    shown = display_of(drawn, "PNG", transparency=0)
    assert shown.getpixel((5, 5))[3] == 0
    assert shown.getpixel((30, 5)) == (0, 0, 255, 255)


def test_sixteen_bits_keep_their_greys():
    deep = Pillow.new("I;16", (40, 40), 30_000)
    deep.paste(65_535, (0, 0, 20, 40))
    shown = display_of(deep, "PNG")
    assert shown.convert("L").getpixel((5, 5)) == 255
    assert abs(shown.convert("L").getpixel((30, 5)) - 117) <= 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_every_way_to_say_a_colour_comes_out_right(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    white = Pillow.new("RGB", (40, 40), "white")
    white.paste("black", (0, 0, 20, 40))
    shown = display_of(white.convert(mode), kind).convert("L")
    assert shown.getpixel((5, 20)) < 20
    assert shown.getpixel((35, 20)) > 235


def test_a_second_picture_behind_a_jpeg_is_none_of_ours():
    """Phones put one there; it makes neither another format nor an animation."""
    first, second = coloured((64, 48)), Pillow.new("RGB", (8, 8))
    made = copies.make(encoded(first, "MPO", save_all=True, append_images=[second]))
    assert (made.media_type, made.width) == ("image/jpeg", 64)
    assert opened(made.display).size == (64, 48)


def test_a_progressive_photograph_is_no_attack():
    original = encoded(coloured((640, 480)), "JPEG", progressive=True)
    assert opened(copies.make(original).display).size == (640, 480)


def test_the_limit_of_parts_is_met_only_by_what_the_decoder_would_read():
    """A film behind a photograph holds the bytes of many markers by chance."""
    assert copies.make(photo() + b"\xff\xda\0\2" * 30_000).width == 640
