"""Loads a release of chats and prepares every row as TRL does before training.

Arguments: the folder of the release, and the file for what was found. Runs where TRL
is installed; imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from datasets import load_dataset
from trl.data_utils import is_conversational, prepare_multimodal_messages


def prepared(row: dict[str, Any]) -> list[list[str]]:
    """Role and parts of each message; a picture is known by its size."""
    assert is_conversational({"messages": row["messages"]})
    messages = prepare_multimodal_messages(row["messages"], images=row["images"])
    return [
        [message["role"], *(_said(part) for part in message["content"])]
        for message in messages
    ]


def _said(part: dict[str, Any]) -> str:
    if part["type"] == "image":
        return "image {}x{}".format(*part["image"].size)
    return str(part["text"])


def main(folder: str, out: str) -> None:
    found = {}
    for language in sorted(path.name for path in Path(folder).iterdir()):
        files = sorted(map(str, Path(folder, language).glob("*.parquet")))
        rows = load_dataset("parquet", data_files={"train": files})["train"]
        found[language] = {row["id"]: prepared(row) for row in rows}
    Path(out).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
