"""A disk that runs full ends a release with the system's error and no data file."""

import random
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus.content import Caption
from corpus.formats import (
    llava_json,
    messages_parquet,
    training_parquet,
    webdataset,
)
from corpus.record import ReleaseItem
from tests.corpus.formats.loading import hashes
from tests.corpus.formats.writing import write
from tests.corpus.releases import release_item

Write = Callable[[list[ReleaseItem], Path], Any]

WRITERS: dict[str, Write] = {
    "training": lambda items, folder: write(
        training_parquet,
        items,
        folder,
        kinds=["caption"],
        embed_images=False,
        share=0.2,
    ),
    "messages": lambda items, folder: write(
        messages_parquet, items, folder, embed_images=False
    ),
    "llava": lambda items, folder: write(llava_json, items, folder, embed_images=False),
    "webdataset": lambda items, folder: write(webdataset, items, folder),
}


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", list(WRITERS))
def test_full_disk_leaves_no_data_file(name: str, tmp_path: Path) -> None:
    chance = random.Random(1)
    items = [
        release_item(
            Caption(f"{chance.getrandbits(8_000):x}"),
            key=f"{n:05}",
            image_url=f"https://example.org/{n}.png",
        )
        for n in range(600)
    ]
    with largest_file(150_000), pytest.raises(OSError, match="too large"):
        WRITERS[name](items, tmp_path)
    assert hashes(tmp_path) == {}
    WRITERS[name](items, tmp_path)
    assert hashes(tmp_path)
