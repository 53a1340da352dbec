"""The items as three upstream files: PixMo-Cap parquet, MMBench TSV, JSON lines."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.content import LETTERS
from demonstration.catalogue import Item

#: Addresses end in a host that never exists; the files lie in `mirror/`.
ADDRESS: Final = "https://demonstration.invalid/"

#: A circular copy of row i stands at i + k times this, as upstream has it.
COPY_STEP: Final = 1_000_000

Pictures = Mapping[str, bytes]


def write_pixmo_cap(folder: Path, items: Iterable[Item], pictures: Pictures) -> Path:
    """Captions, with their pictures by address and, by the same name, in `mirror/`."""
    mirror = folder / "mirror"
    mirror.mkdir(parents=True, exist_ok=True)
    rows = []
    for item in items:
        (mirror / item.picture).write_bytes(pictures[item.picture])
        url, caption = ADDRESS + item.picture, item.source["caption"]
        spoken = list(item.transcripts)
        rows.append({"image_url": url, "caption": caption, "transcripts": spoken})
    schema = pa.schema(
        [
            ("image_url", pa.string()),
            ("caption", pa.string()),
            ("transcripts", pa.list_(pa.string())),
        ]
    )
    path = folder / "train-00000-of-00001.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema), path, compression="zstd")
    return path


def write_mmbench(folder: Path, items: Iterable[Item], pictures: Pictures) -> Path:
    """Multiple choice as VLMEvalKit reads it, circular copies below the base rows."""
    folder.mkdir(parents=True, exist_ok=True)
    items = list(items)
    rows = [_choice_row(item, pictures) for item in items]
    rows += [_copy_row(item, k) for item in items for k in range(1, item.copies + 1)]
    path = folder / "Demo_DEV_EN.tsv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, list(rows[0]), delimiter="\t", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_concord(folder: Path, items: Iterable[Item], pictures: Pictures) -> Path:
    """The other kinds as Concord's JSON lines, images beside them."""
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    lines = []
    for item in items:
        (images / item.picture).write_bytes(pictures[item.picture])
        lines.append(json.dumps(_line(item, pictures), ensure_ascii=False) + "\n")
    path = folder / "items.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _line(item: Item, pictures: Pictures) -> dict[str, Any]:
    sha256 = hashlib.sha256(pictures[item.picture]).hexdigest()
    return {
        "key": item.name,
        "kind": item.kind,
        "content": item.source,
        "image": {"file": f"images/{item.picture}", "sha256": sha256},
        "group": item.group,
        "upstream": {"split": "dev", "question_id": item.picture},
    }


def _choice_row(item: Item, pictures: Pictures) -> dict[str, str]:
    encoded = base64.b64encode(pictures[item.picture]).decode()
    return {
        "index": item.name,
        "image": item.same_picture_as or encoded,
        "question": item.source["question"],
        "hint": item.source["hint"],
        **_options(item.source["options"]),
        "answer": item.source["key"],
        "category": item.source["category"],
        "l2-category": item.l2_category,
        "source": "concord-demonstration",
        "split": "dev",
    }


def _copy_row(item: Item, k: int) -> dict[str, str]:
    """The item with its options rotated by k places, and its picture by reference."""
    options = item.source["options"]
    place = (LETTERS.index(item.source["key"]) - k) % len(options)
    return {
        **_choice_row(item, {item.picture: b""}),
        **_options(options[k:] + options[:k]),
        "index": str(int(item.name) + k * COPY_STEP),
        "image": item.same_picture_as or item.name,
        "answer": LETTERS[place],
    }


def _options(options: list[str]) -> dict[str, str]:
    return dict(zip("ABCD", [*options, "", "", ""], strict=False))
