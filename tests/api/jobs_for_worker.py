"""A generation job, and messages about it as the worker program makes them."""

from __future__ import annotations

from typing import Any

from annotation.models import GenerationJob, Item
from tests.factories import CANDIDATES
from worker import protocol

CLAIM = protocol.ClaimRequest("w-1", "recorded", "1", limit=10)


def waiting(item: Item, language: str = "de") -> GenerationJob:
    return GenerationJob.objects.create(
        project=item.dataset.project,
        item=item,
        language=language,
        task=GenerationJob.Task.TRANSLATE,
    )


def provenance(**changes: Any) -> protocol.Provenance:
    values: dict[str, Any] = {
        "model": "test-model",
        "model_revision": "abc",
        "licence": "Apache-2.0",
        "engine": "recorded",
        "engine_version": "1",
        "template_id": "translate",
        "template_version": "1",
        "template_hash": "0" * 64,
        "rendered_prompt": "Translate it.",
        "parameters": {"temperature": 0.0},
        "seed": 7,
        "prompt_tokens": 12,
        "completion_tokens": 8,
        "seconds": 0.25,
        "finish_reason": "stop",
        "raw_output": "Ein roter Bus.",
    }
    return protocol.Provenance(**(values | changes))


def result(job: protocol.GenerationJob, **changes: Any) -> protocol.Result:
    made = changes.pop("provenance", provenance())
    values: dict[str, Any] = {
        "fence": job.fence,
        "content": CANDIDATES[job.kind],
        "provenance": made,
        "idempotency_key": protocol.idempotency_key(job, made),
    }
    return protocol.Result(**(values | changes))
