"""TRL prepares every row of a release of chats for training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from corpus.content import Caption, Conversation, QuestionAnswer
from corpus.formats import messages_parquet
from corpus.formats.messages_turns import turns
from corpus.languages import NAMES
from tests.clients.environment import run
from tests.corpus.contents import PICTURE
from tests.corpus.releases import EVERY_KIND, release_item

pytestmark = [pytest.mark.clients, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "prepare_messages.py"
TRAINING = [
    c for c in EVERY_KIND if isinstance(c, Caption | QuestionAnswer | Conversation)
]


def test_every_row_is_prepared_with_its_picture_in_five_languages(
    tmp_path: Path,
) -> None:
    release, out = tmp_path / "release", tmp_path / "found.json"
    items = [
        release_item(content, dataset="pixmo", key=str(number), language=language)
        for language in sorted(NAMES)
        for number, content in enumerate(TRAINING)
    ]
    items += [release_item(TRAINING[1], dataset="text", language="it", picture=None)]
    items.sort(key=lambda item: (item.language, item.dataset, item.key))
    messages_parquet.write(items, release, embed_images=True)
    run(PROGRAM, str(release), str(out), cwd=tmp_path, cache=tmp_path / "cache")

    found = json.loads(out.read_text())
    with Image.open(PICTURE) as picture:
        seen = "image {}x{}".format(*picture.size)
    assert sorted(found) == sorted(NAMES)
    for item in items:
        expected = []
        for question, answer in turns(item):
            before = [seen] if item.image_path and not expected else []
            expected += [["user", *before, question], ["assistant", answer]]
        assert found[item.language].pop(f"{item.dataset}/{item.key}") == expected
    assert all(rows == {} for rows in found.values())
