"""TRL prepares every row of a release of the training samples as chats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from corpus.formats import messages_parquet
from corpus.formats.messages_turns import turns
from corpus.languages import NAMES
from corpus.record import Picture, Record, ReleaseItem
from tests.clients.environment import run
from tests.corpus.formats.test_training_round_trip import SETS, untouched
from tests.corpus.formats.writing import write

pytestmark = [pytest.mark.clients, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "prepare_messages.py"
#: Behind the addresses of the samples; the other files there are no pictures to keep.
FETCHED = ("scene_red.jpg", "bars.png", "poster.jpg", "scene_blue.jpg")


def items_of_the_samples(folder: Path) -> Iterator[ReleaseItem]:
    """The English rows whose picture is at hand, as one release holds them."""
    for number, (reader, sample, _) in enumerate(SETS):
        for record in reader.read(sample):
            assert isinstance(record, Record)
            if shown := _fetched(record, sample.parents[1] / "mirror"):
                item = untouched(replace(record, picture=shown), folder)
                yield replace(item, dataset=f"set-{number}")


def _fetched(record: Record, mirror: Path) -> Picture | None:
    """The picture with its bytes, or nothing where they were not to be had."""
    assert record.picture is not None
    if record.picture.data is not None:
        return record.picture
    name = record.picture.url.partition("?")[0].rpartition("/")[2]
    if name not in FETCHED:
        return None
    return replace(record.picture, data=(mirror / name).read_bytes())


def test_every_row_is_prepared_with_its_picture_in_five_languages(
    tmp_path: Path,
) -> None:
    release, out = tmp_path / "release", tmp_path / "found.json"
    english = list(items_of_the_samples(tmp_path))
    assert {item.content.kind for item in english} == {
        "caption",
        "question_answer",
        "conversation",
    }
    items = [replace(item, language=code) for code in NAMES for item in english]
    text_alone = {"image_path": "", "image_sha256": "", "image_url": ""}
    items.append(replace(items[0], dataset="text", language="it", **text_alone))
    items.sort(key=lambda item: (item.language, item.dataset, item.key))
    write(messages_parquet, items, release, embed_images=True)
    run(PROGRAM, str(release), str(out), cwd=tmp_path, cache=tmp_path / "cache")

    found = json.loads(out.read_text())
    assert sorted(found) == sorted(NAMES)
    for item in items:
        expected: list[list[str]] = []
        for question, answer in turns(item):
            before = [_seen(item)] if item.image_path and not expected else []
            expected += [["user", *before, question], ["assistant", answer]]
        assert found[item.language].pop(f"{item.dataset}/{item.key}") == expected
    assert all(rows == {} for rows in found.values())


def _seen(item: ReleaseItem) -> str:
    with Image.open(item.image_path) as picture:
        return "image {}x{}".format(*picture.size)
