"""Files of native texts, and what they become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotation import jobs, native
from annotation.batches import Report
from annotation.models import Dataset, Item, Job
from annotation.native import Collection, Terms
from corpus.sources.native_texts import NativeText

WRITTEN = {"caption": "Am Straßenrand steht ein leuchtend roter Doppeldecker."}
TERMS = Terms("street-captions", "CC0-1.0", "The street captioners")


def text_of(item: Item, line: int = 1, **fields: Any) -> NativeText:
    return NativeText(line, **({"content": WRITTEN, "key": item.key} | fields))


def added(item: Item, *rows: Any, terms: Terms = TERMS, strict: bool = False) -> Report:
    """What becomes of these rows, German texts for the dataset of `item`."""
    collection = Collection(item.dataset, "de", terms)
    return native.add_texts(collection, rows or [text_of(item)], strict=strict)


def file(folder: Path, *rows: Any) -> Path:
    path = folder / "native.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def taken_in(dataset: Dataset, path: Path, **fields: Any) -> Job:
    """The ended job that took in this file."""
    terms = {"source": "street-captions", "licence": "CC0-1.0", "attribution": ""}
    collection = Collection(dataset, "de", Terms(**(terms | fields)))
    job = native.ask(collection=collection, path=str(path))
    ended = jobs.run(job.pk)
    assert ended is not None
    return ended
