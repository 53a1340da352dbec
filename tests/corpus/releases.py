"""Release items for the tests of the writers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from corpus.content import Caption, Content, MultipleChoice, YesNo, parse
from corpus.record import ReleaseItem
from tests.corpus.contents import PICTURE

TALK = parse(
    "conversation",
    {
        "turns": [
            {"question": "Combien ?", "answer": "3", "explanation": "On compte."},
            {"question": "Où ?", "answer": "À gauche."},
        ]
    },
)
COSYN = {
    "id": "chart_0001",
    "metadata": {"figure_type": "Bar Chart", "persona": "a baker", "topic": "Sales"},
    "data": "product,units\nA1,3\n",
    "code": "plt.bar(['A1'], [3])\n",
}
CHOICE = MultipleChoice("Which?", ("red", "blue", "None of them"), "B", "Look.", "c")
EVERY_KIND: tuple[Content, ...] = (
    Caption("Un chat."),
    parse("question_answer", {"question": "Qui ?", "answer": "Moi."}),
    TALK,
    CHOICE,
    YesNo("C'est rouge ?", "No", "colour"),
)


def release_item(content: Content, **fields: Any) -> ReleaseItem:
    """A French item with the bar chart as its image, unless told otherwise."""
    picture: Path | None = fields.pop("picture", PICTURE)
    usual: dict[str, Any] = {
        "dataset": "mmbench",
        "revision": "v1.0",
        "licence": "CC-BY-4.0",
        "attribution": "MMBench by its authors.",
        "key": "1",
        "group": "",
        "language": "fr",
        "origin": "translated",
        "source": content,
        "upstream": {},
        "image_sha256": "",
        "image_url": "",
        "image_path": "",
        "candidate_id": 9,
        "judgments": 3,
        "provenance": {"model": "m-7b", "model_revision": "abc", "seed": 7},
    }
    if picture is not None:
        usual["image_path"] = str(picture)
        usual["image_sha256"] = hashlib.sha256(picture.read_bytes()).hexdigest()
    return ReleaseItem(content=content, **(usual | fields))


def numbered(
    *contents: Content, language: str = "fr", **fields: Any
) -> list[ReleaseItem]:
    """Items with the keys 1, 2, 3, ... (at most nine, so that they are in order)."""
    assert len(contents) < 10
    return [
        release_item(content, key=str(n), language=language, **fields)
        for n, content in enumerate(contents, 1)
    ]
