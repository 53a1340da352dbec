from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pytest
from PIL import Image

from demonstration import charts, diagrams, photographs
from demonstration.catalogue import load
from demonstration.drawing import canvas, plain_style, png
from demonstration.photographs import PhotographsMissingError
from demonstration.pictures import all_pictures


@pytest.fixture(scope="module")
def pictures() -> dict[str, bytes]:
    return all_pictures()


def test_every_picture_decodes_and_is_large_and_not_blank(
    pictures: dict[str, bytes],
) -> None:
    for name, contents in pictures.items():
        with Image.open(io.BytesIO(contents)) as image:
            image.load()
            assert min(image.size) > 200, name
            assert image.format == ("JPEG" if name.endswith(".jpg") else "PNG")
            shades = [
                n for n, count in enumerate(image.convert("L").histogram()) if count
            ]
        assert shades[-1] - shades[0] > 100, name


def test_drawn_pictures_tell_neither_date_nor_program(
    pictures: dict[str, bytes],
) -> None:
    for name in set(pictures) - set(photographs.FILES):
        assert b"tEXt" not in pictures[name], name
        assert b"tIME" not in pictures[name], name


def test_every_picture_is_used_and_every_item_has_one(
    pictures: dict[str, bytes],
) -> None:
    assert {item.picture for item in load()} == set(pictures)


def test_a_machine_with_other_settings_draws_the_same() -> None:
    with plain_style():
        wanted = charts.books()
    with matplotlib.rc_context({"font.size": 40, "axes.facecolor": "red"}):
        with plain_style():
            assert charts.books() == wanted
        assert matplotlib.rcParams["font.size"] == 40


def test_an_arrow_leaves_ink_where_it_points() -> None:
    figure, axes = canvas(2, 1)
    diagrams.arrow(axes, (0.2, 0.5), (1.8, 0.5))
    with Image.open(io.BytesIO(png(figure))) as image:
        greys = image.convert("L")
        assert greys.size == (200, 100)
        assert greys.getpixel((100, 50)) < 60  # type: ignore[operator]
        assert greys.getpixel((100, 10)) == 255


def test_photographs_are_named_in_the_readme_with_their_terms() -> None:
    text = Path(photographs.__file__).with_name("README.md").read_text("utf-8")
    for name in photographs.FILES:
        (row,) = [line for line in text.splitlines() if f"| `{name}`" in line]
        assert "CC0" in row or "copyright" in row or "public domain" in row


def test_a_photograph_that_left_the_package_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(photographs.FILES, "lost.png", ("lost.png", 1))
    with pytest.raises(PhotographsMissingError, match=r"brings lost.png along"):
        photographs.read()


def test_an_enlarged_photograph_has_twice_the_size(pictures: dict[str, bytes]) -> None:
    with Image.open(io.BytesIO(pictures["coins.png"])) as image:
        assert image.size == (768, 606)
