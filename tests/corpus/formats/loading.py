"""Releases as their users find them: loaded with `datasets`, and file by file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.content import KINDS
from corpus.formats import card
from corpus.formats.release import Part


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def load(folder: Path, parts: list[Part], language: str, cache: Path) -> Any:
    """The splits that a dataset user gets by the card; needs no network."""
    made = card.Card(
        title="Multi",
        summary="A test.",
        licence="CC-BY-4.0",
        kinds=KINDS,
        parts=parts,
        sources=(),
        columns=(),
        policy="",
        made="",
    )
    (folder / "README.md").write_text(card.render(made), "utf-8")
    return load_offline(str(folder), language, cache_dir=str(cache))


def load_files(
    kind: str, folder: Path, parts: Sequence[Part], language: str, cache: Path
) -> Any:
    """The training split of one language, by the kind of its files."""
    paths = [
        str(folder / part.path)
        for part in parts
        if (part.language, part.split) == (language, "train")
    ]
    return load_offline(
        kind, data_files={"train": paths}, split="train", cache_dir=str(cache)
    )


def load_offline(*arguments: Any, **named: Any) -> Any:
    datasets = pytest.importorskip("datasets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setenv("HF_DATASETS_OFFLINE", "1")
        return datasets.load_dataset(*arguments, **named)
