"""Answers out of a batch that an engine wrote earlier, such as `vllm run-batch`.

Beside `<stem>.jsonl` (the output) lie `<stem>.requests.jsonl` (the input, for prompt
and sampling parameters) and `<stem>.meta.json` (what neither of the two tells).
"""

from __future__ import annotations

import json
import re
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.content import ContentError, digest, parse
from corpus.plain_text import storable
from worker.engines import EngineError, Generation
from worker.engines.batch_file import BatchFile, BatchFileError
from worker.engines.prompts import Prompt, read_prompt
from worker.protocol import (
    WRITING,
    GenerationJob,
    ProtocolError,
    Provenance,
    Task,
)
from worker.wire import Message

_JUDGING = re.compile(r"/judge/[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class BatchMeta(Message):
    """The sidecar: who made the batch, under which licence, from which template."""

    model: str
    model_revision: str
    licence: str
    engine: str
    engine_version: str
    template_id: str
    template_version: str
    template_hash: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """One usable line of the output file."""

    text: str
    model: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    fingerprint: str


class RecordedEngine:
    """Looks a job up by its `custom_id_of`. Does the tasks that its file has lines of."""

    name = "recorded"
    version = "1"
    wants_image = False

    def __init__(self, file: Path, requests: Path | None = None) -> None:
        """Opens the three files. Raises BatchFileError, one sentence."""
        requests = requests or file.with_name(f"{file.stem}.requests.jsonl")
        with ExitStack() as opened:
            self._answers = opened.enter_context(closing(BatchFile(file)))
            self._requests = opened.enter_context(closing(BatchFile(requests)))
            self._meta = _meta(file.with_name(f"{file.stem}.meta.json"))
            self._opened = opened.pop_all()
        self.tasks = _tasks(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def judges(self) -> tuple[str, ...]:
        """Its model, with and without the revision."""
        name = self._meta.model
        return name, f"{name}@{self._meta.model_revision}"

    def close(self) -> None:
        self._opened.close()

    def generate(self, job: GenerationJob, image: bytes | None) -> Generation:
        """The recorded text. Raises EngineError if there is none that can be used."""
        started = time.perf_counter()
        custom_id = custom_id_of(job)
        answer = _answer(custom_id, _found(self._answers, custom_id, "answer"))
        prompt = read_prompt(custom_id, _found(self._requests, custom_id, "request"))
        _same_picture(job, prompt)
        if answer.model != self._meta.model:
            text = f"{custom_id} comes from {answer.model}, not {self._meta.model}"
            raise EngineError("bad_input", text)
        seconds = time.perf_counter() - started
        return Generation(answer.text, self._provenance(prompt, answer, seconds))

    def _provenance(
        self, prompt: Prompt, answer: _Answer, seconds: float
    ) -> Provenance:
        parameters = dict(prompt.parameters)
        if answer.fingerprint:
            parameters["system_fingerprint"] = answer.fingerprint
        return Provenance(
            **self._meta.to_json(),
            rendered_prompt=prompt.text,
            parameters=parameters,
            seed=prompt.seed,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            seconds=seconds,
            finish_reason=answer.finish_reason,
            raw_output=answer.text,
        )


def custom_id_of(job: GenerationJob) -> str:
    """ "<dataset>/<item key>/<language>", and "/judge/<digest>" where it is about a text.

    The digest is `corpus.content.digest` of the candidate. Raises EngineError.
    """
    place = f"{job.dataset}/{job.item_key}/{job.language}"
    if job.candidate is None:
        return place
    try:
        return f"{place}/judge/{digest(parse(job.kind, job.candidate))}"
    except ContentError as error:
        raise EngineError("bad_input", f"candidate: {error}") from None


def _tasks(answers: BatchFile) -> tuple[Task, ...]:
    judging = sum(1 for custom_id in answers if _JUDGING.search(custom_id))
    writing = WRITING if judging < len(answers) or not judging else ()
    return (*writing, "judge") if judging else writing


def _meta(path: Path) -> BatchMeta:
    try:
        return BatchMeta.from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise BatchFileError(f"{path.name}: {error.strerror}.") from None
    except (ProtocolError, ValueError) as error:
        raise BatchFileError(f"{path.name}: {error}.") from None


def _found(file: BatchFile, custom_id: str, noun: str) -> dict[str, Any]:
    line = file.find(custom_id)
    if line is None:
        raise EngineError(
            "bad_input", f"the recorded file has no {noun} for {custom_id}"
        )
    return line


def _same_picture(job: GenerationJob, prompt: Prompt) -> None:
    if prompt.image_sha256 and prompt.image_sha256 != job.image_sha256:
        text = f"the recorded answer is about another image, {prompt.image_sha256}"
        raise EngineError("bad_input", text)


def _answer(custom_id: str, line: dict[str, Any]) -> _Answer:
    try:
        response = line.get("response") or {}
        status = response.get("status_code")
        if line.get("error") or status != 200:
            raise _recorded_error(custom_id, status, line)
        return _usable(custom_id, response["body"])
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        text = f"{custom_id}: not a chat completion ({error!r})"
        raise EngineError("bad_output", text, json.dumps(line)[:20_000]) from None


def _recorded_error(
    custom_id: str, status: object, line: dict[str, Any]
) -> EngineError:
    said = line.get("error") or line.get("response") or "no response"
    message = f"{custom_id}: the batch recorded an error ({status}): {said}"[:500]
    # A recorded 5xx never gets better by asking again: it counts as an attempt.
    is_client_error = isinstance(status, int) and 400 <= status < 500
    return EngineError("bad_input" if is_client_error else "bad_output", message)


def _usable(custom_id: str, body: dict[str, Any]) -> _Answer:
    choice = body["choices"][0]
    message, reason = choice["message"], choice["finish_reason"]
    text = message.get("content")
    if message.get("refusal") or reason == "content_filter":
        said = str(message.get("refusal") or text or "")
        raise EngineError("refused", f"{custom_id}: the model refused", said)
    if reason != "stop":
        what = "the answer was cut off" if reason == "length" else "no normal end"
        said = f"{custom_id}: {what} (finish_reason {reason})"
        raise EngineError("bad_output", said, str(text or ""))
    if not isinstance(text, str) or not text.strip():
        raise EngineError("bad_output", f"{custom_id}: the answer is empty")
    usage = body.get("usage") or {}
    return _Answer(
        text=storable(text),
        model=str(body["model"]),
        finish_reason=reason,
        prompt_tokens=int(usage.get("prompt_tokens") or 0),
        completion_tokens=int(usage.get("completion_tokens") or 0),
        fingerprint=str(body.get("system_fingerprint") or ""),
    )
