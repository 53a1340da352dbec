"""Jobs and the recorded batch files that answer them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worker.protocol import GenerationJob, Provenance

META = {
    "model": "tiny",
    "model_revision": "abc",
    "licence": "Apache-2.0",
    "engine": "vllm",
    "engine_version": "0.33.0",
    "template_id": "caption",
    "template_version": "2",
    "template_hash": "0" * 64,
}

PROVENANCE = Provenance(
    **META,
    rendered_prompt="[]",
    parameters={"temperature": 0.2},
    seed=7,
    prompt_tokens=10,
    completion_tokens=5,
    seconds=0.5,
    finish_reason="stop",
    raw_output="Un chat.",
)

CHOICE = {
    "question": "Which animal?",
    "options": ["A cat", "A dog"],
    "key": "B",
    "hint": "",
    "category": "animals",
}


def job(number: int = 1, **changed: Any) -> GenerationJob:
    """A caption job into French for item <number>, changed as asked."""
    fields: dict[str, Any] = {
        "id": number,
        "fence": 3,
        "lease_seconds": 60,
        "task": "regenerate",
        "kind": "caption",
        "language": "fr",
        "source": {"caption": "A cat."},
        "item_key": str(number),
        "dataset": "pets",
    }
    return GenerationJob.from_json(fields | changed)


def completion(text: str | None, **changed: Any) -> dict[str, Any]:
    """The `response` part of a batch output line."""
    choice = {"message": {"content": text}, "finish_reason": "stop"}
    body = {
        "model": "tiny",
        "choices": [choice | {k: v for k, v in changed.items() if k in choice}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 4},
    }
    extra = {k: v for k, v in changed.items() if k not in choice}
    return {"status_code": 200, "body": body | extra}


def request(custom_id: str, **changed: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": "Describe it in French."}]
    body = {"model": "tiny", "messages": messages, "temperature": 0.2, "seed": 7}
    return {"custom_id": custom_id, "body": body | changed}


@dataclass
class Batch:
    """Collects lines, then writes the three files side by side."""

    folder: Path
    answers: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=lambda: dict(META))

    def add(self, custom_id: str, text: str | None, **changed: Any) -> None:
        response = completion(text, **changed)
        line = {"id": "1", "custom_id": custom_id, "response": response}
        self.answers.append(line | {"error": None})
        self.requests.append(request(custom_id))

    def write(self, stem: str = "batch") -> Path:
        path = self.folder / f"{stem}.jsonl"
        _lines(path, self.answers)
        _lines(self.folder / f"{stem}.requests.jsonl", self.requests)
        (self.folder / f"{stem}.meta.json").write_text(json.dumps(self.meta))
        return path


def _lines(path: Path, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
