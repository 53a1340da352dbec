"""The candidates as a finished batch, so that they arrive through the worker's door."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from corpus.languages import NAMES
from demonstration.catalogue import Candidate, Item

MODEL: Final = "concord-demonstration"
#: Stands where instructions to a model would stand: nothing here was generated.
HONEST: Final = (
    "Written by hand for the demonstration project, some of it wrong on purpose. "
    "No model was asked."
)
META: Final = {
    "model": MODEL,
    "model_revision": "1",
    "licence": "CC0-1.0",
    "engine": "recorded",
    "engine_version": "1",
    "template_id": "demonstration",
    "template_version": "1",
    "template_hash": hashlib.sha256(HONEST.encode()).hexdigest(),
}


def write_batch(
    folder: Path, keyed: Iterable[tuple[str, Item]], pictures: dict[str, bytes]
) -> Path:
    """Output, requests and sidecar. `keyed` gives "<dataset>/<item key>" per item."""
    folder.mkdir(parents=True, exist_ok=True)
    answers: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    for prefix, item in keyed:
        sha256 = hashlib.sha256(pictures[item.picture]).hexdigest()
        for candidate in item.candidates.values():
            custom_id = f"{prefix}/{candidate.language}"
            answers.append(_answer(len(answers) + 1, custom_id, candidate))
            requests.append(_request(custom_id, item, candidate, sha256))
    path = folder / "demonstration.jsonl"
    _lines(path, answers)
    _lines(folder / "demonstration.requests.jsonl", requests)
    _pretty(folder / "demonstration.meta.json", META)
    return path


def write_known(path: Path, keyed: Iterable[tuple[str, Item]]) -> Path:
    """custom_id -> quality, expected verdict, reason, and whether a check blocks it."""
    known = {
        f"{prefix}/{candidate.language}": {
            "quality": candidate.quality,
            "expected": candidate.expected,
            "why": candidate.why,
            "blocked": candidate.is_blocked,
        }
        for prefix, item in keyed
        for candidate in item.candidates.values()
    }
    _pretty(path, known)
    return path


def _answer(number: int, custom_id: str, candidate: Candidate) -> dict[str, Any]:
    message = {"role": "assistant", "content": candidate.raw_output}
    body = {
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        "system_fingerprint": None,
    }
    return {
        "id": f"demonstration-{number:04}",
        "custom_id": custom_id,
        "response": {"status_code": 200, "body": body},
        "error": None,
    }


def _request(
    custom_id: str, item: Item, candidate: Candidate, sha256: str
) -> dict[str, Any]:
    # The order lets an engine reuse its work: image and source first, language last.
    source = json.dumps(item.source, ensure_ascii=False)
    parts = [
        {"type": "image_url", "image_url": {"url": f"sha256:{sha256}"}},
        {"type": "text", "text": f"{item.kind} in English: {source}"},
        {"type": "text", "text": f"Target language: {NAMES[candidate.language]}"},
    ]
    messages = [
        {"role": "system", "content": HONEST},
        {"role": "user", "content": parts},
    ]
    return {
        "custom_id": custom_id,
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {"model": MODEL, "messages": messages},
    }


def _lines(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def _pretty(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
