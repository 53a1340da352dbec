"""Photographs of free licence, taken from scikit-image's package without a download.

Who made them and under which terms is told in README.md, name by name.
"""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import Final

from PIL import Image

#: Name of the picture -> file in the package, and by how much it is enlarged.
FILES: Final[dict[str, tuple[str, int]]] = {
    "astronaut.png": ("astronaut.png", 1),
    "camera.png": ("camera.png", 1),
    "cat.png": ("chelsea.png", 1),
    "coffee.png": ("coffee.png", 1),
    "coins.png": ("coins.png", 2),
    "horse.png": ("horse.png", 1),
    "rocket.jpg": ("rocket.jpg", 1),
}


class PhotographsMissingError(RuntimeError):
    """scikit-image is not installed, or no longer brings a picture along."""


def read() -> dict[str, bytes]:
    """All photographs by name, byte for byte unless enlarged."""
    # Only the folder is needed: importing the package costs a second.
    found = importlib.util.find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise PhotographsMissingError("scikit-image is not installed")
    folder = Path(found.submodule_search_locations[0], "data")
    return {name: _read(folder / file, by) for name, (file, by) in FILES.items()}


def _read(path: Path, by: int) -> bytes:
    try:
        original = path.read_bytes()
    except OSError as error:
        reason = f"scikit-image no longer brings {path.name} along"
        raise PhotographsMissingError(reason) from error
    return original if by == 1 else _enlarged(original, by)


def _enlarged(original: bytes, by: int) -> bytes:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(original)) as image:
        size = (image.width * by, image.height * by)
        image.resize(size, Image.Resampling.LANCZOS).save(buffer, "PNG")
    return buffer.getvalue()
