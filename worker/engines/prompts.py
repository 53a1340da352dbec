"""A recorded request -> the prompt as it is kept: readable, and without image bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.content import canonical_json
from corpus.plain_text import storable
from worker.engines import EngineError

_NOT_PARAMETERS = {"model", "messages", "seed"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """`text` is the canonical JSON of the messages, an image standing as its SHA-256."""

    text: str
    parameters: Mapping[str, Any]
    seed: int | None
    image_sha256: str


def read_prompt(custom_id: str, line: Mapping[str, Any]) -> Prompt:
    """The prompt of one line of a batch input file. Raises EngineError (bad_input)."""
    body = line.get("body")
    messages = body.get("messages") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(messages, list):
        raise EngineError("bad_input", f"{custom_id}: the request has no messages")
    seed = body.get("seed")
    images: list[str] = []
    kept = [_without_bytes(message, images) for message in messages]
    return Prompt(
        text=storable(canonical_json(kept)),
        parameters={k: v for k, v in body.items() if k not in _NOT_PARAMETERS},
        seed=seed if isinstance(seed, int) else None,
        image_sha256=images[0] if images else "",
    )


def _without_bytes(message: Any, images: list[str]) -> Any:
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        return message
    parts = [_part(part, images) for part in message["content"]]
    return {**message, "content": parts}


def _part(part: Any, images: list[str]) -> Any:
    if not isinstance(part, dict) or part.get("type") != "image_url":
        return part
    url = str((part.get("image_url") or {}).get("url", ""))
    sha256 = _sha256(url) or str(part.get("uuid") or "")
    if not sha256:
        return part
    images.append(sha256)
    return {"type": "image_url", "image_url": {"url": f"sha256:{sha256}"}}


def _sha256(url: str) -> str:
    """The hash of an image given as bytes (a data URL) or already as its hash."""
    if url.startswith("sha256:"):
        return url.removeprefix("sha256:")
    head, comma, encoded = url.partition(",")
    if not comma or not head.startswith("data:") or not head.endswith(";base64"):
        return ""
    try:
        image = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return hashlib.sha256(image).hexdigest()
