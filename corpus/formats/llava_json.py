"""A training set in LLaVA's form: a JSON list per split, pictures in one folder.

The folder of the release is the image folder of LLaVA's command line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TextIO

from corpus.formats import splits
from corpus.formats.messages_turns import turns
from corpus.formats.release import (
    Part,
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    forget_unfinished,
    in_order,
    key_of,
    original_bytes,
    start_of,
    suffix_of,
)
from corpus.formats.training_facts import facts
from corpus.record import ReleaseItem

IMAGES: Final = "images"
#: What stands for the picture in a text.
MARK: Final = "<image>"


def refusals(item: ReleaseItem) -> list[str]:
    """Why LLaVA would read the item otherwise than it is written."""
    if any(MARK in text for turn in turns(item) for text in turn):
        return [f"its text holds {MARK}, which stands for a picture"]
    return []


def write_language(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    language: str,
    embed_images: bool,
    share: float = 0.0,
) -> list[Part]:
    """Writes `<language>/<split>.json`, and the pictures as `images/<SHA-256>.<suffix>`.

    `items` are sorted by dataset and key; one is in memory at a time. Several languages
    may write their pictures side by side; without embedding, `image` is the address.
    Raises ReleaseBlocked naming every row that would be read otherwise than it is
    written, and ReleaseError for all else.
    """
    home = folder / language
    home.mkdir(parents=True, exist_ok=True)
    lists = {name: _List(home / f"{name}.json") for name in splits.names(share)}
    forget_unfinished(home)
    forget_unfinished(folder / IMAGES, f"*.{language}.unfinished")
    blocked: list[tuple[ReleaseKey, str]] = []
    try:
        for item in in_order(items):
            if item.language != language:
                raise ReleaseError(f"{key_of(item)} does not belong to {language}.")
            if reasons := refusals(item):
                blocked += [(key_of(item), reason) for reason in reasons]
            elif not blocked:
                image = _image(item, folder, embed_images=embed_images)
                lists[splits.split_of(item, share)].add(_row(item, image))
        if blocked:
            raise ReleaseBlocked(blocked)
        finished = [(split, rows, rows.finish()) for split, rows in lists.items()]
    except BaseException:
        for rows in lists.values():
            rows.discard()
        raise
    return [
        Part(f"{language}/{split}.json", language, split, rows.count, size)
        for split, rows, size in finished
        if rows.count
    ]


def _row(item: ReleaseItem, image: str) -> dict[str, Any]:
    said = []
    before = f"{MARK}\n" if image else ""
    for question, answer in turns(item):
        said.append({"from": "human", "value": before + question})
        said.append({"from": "gpt", "value": answer})
        before = ""
    own = facts(item)
    shown = {"image": image} if image else {}
    return {"id": own.pop("id"), **shown, "conversations": said, **own}


def _image(item: ReleaseItem, folder: Path, *, embed_images: bool) -> str:
    """What the row calls its picture, which is then where it says."""
    if not embed_images:
        if item.image_path and not item.image_url:
            raise ReleaseError(
                f"{key_of(item)} has an image without an address; embed the images."
            )
        return item.image_url
    if not item.image_path:
        return ""
    name = f"{IMAGES}/{item.image_sha256}{suffix_of(start_of(item))}"
    target = folder / name
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        draft = target.with_name(f"{target.name}.{item.language}.unfinished")
        draft.write_bytes(original_bytes(item))
        os.replace(draft, target)
    return name


class _List:
    """A JSON list that is written row by row, and has its name when it is whole."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise ReleaseError(f"{path.parent.name}/{path.name} is already there.")
        self.path = path
        self.draft = path.with_suffix(".unfinished")
        self.count = 0
        self.file: TextIO | None = None

    def add(self, row: dict[str, Any]) -> None:
        if self.file is None:
            self.file = self.draft.open("w", encoding="utf-8", newline="\n")
        self.file.write(",\n" if self.count else "[\n")
        self.file.write(json.dumps(row, ensure_ascii=False))
        self.count += 1

    def finish(self) -> int:
        """The size in bytes; a list without rows leaves no file."""
        if self.file is None:
            return 0
        self.file.write("\n]\n")
        self.file.close()
        return self.draft.rename(self.path).stat().st_size

    def discard(self) -> None:
        """Nothing stays, even where the disk is full."""
        if self.file is not None:
            with suppress(OSError):
                self.file.close()
        self.draft.unlink(missing_ok=True)
