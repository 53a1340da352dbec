"""The contract between the server and the worker: every message, as a dataclass.

Both sides import this module and nothing else of each other. Requests go to
`/api/v1/worker/` with `Authorization: Bearer TOKEN`:

    POST claim             ClaimRequest     -> ClaimReply (no jobs: nothing to do)
    POST heartbeat         HeartbeatRequest -> HeartbeatReply
    PUT  jobs/<id>/result  Result           -> ResultReply, 409 or 422 with Refusal
    POST jobs/<id>/fail    Failure          -> FailReply, 409 with Refusal

Pictures come from `GET /api/v1/images/<sha256>`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from corpus.content import Kind, canonical_json
from worker.wire import Message, ProtocolError, later

__all__ = [
    "PROTOCOL_VERSION",
    "ClaimReply",
    "ClaimRequest",
    "Criterion",
    "FailReply",
    "Failure",
    "GenerationJob",
    "HeartbeatReply",
    "HeartbeatRequest",
    "Opinion",
    "Point",
    "ProtocolError",
    "Provenance",
    "ReasonClass",
    "Refusal",
    "Result",
    "ResultReply",
    "Span",
    "Task",
    "idempotency_key",
]

PROTOCOL_VERSION = 1
MAX_JOBS_PER_CLAIM = 64

Task: TypeAlias = Literal["regenerate", "translate", "judge"]
TASKS: tuple[Task, ...] = get_args(Task)
#: The tasks whose result is a text. A worker that does not say which it does, does these.
WRITING: tuple[Task, ...] = ("regenerate", "translate")

#: Why a job was not done. `bad_input` will never work, `bad_output` may work with
#: another seed; the other four say nothing about the job itself, and `released`,
#: `engine_down` and `overload` must not count as attempts.
ReasonClass: TypeAlias = Literal[
    "bad_input", "bad_output", "engine_down", "overload", "refused", "released"
]
REASON_CLASSES: tuple[ReasonClass, ...] = get_args(ReasonClass)


def _require(claim: bool, text: str) -> None:
    if not claim:
        raise ProtocolError(text)


@dataclass(frozen=True, slots=True)
class ClaimRequest(Message):
    """Ask for up to `limit` jobs; empty `kinds` or `languages` means any.

    `tasks` are those this worker does. Jobs to judge name a model, and are given only
    to a worker that goes by that name: `judges`.
    """

    worker: str
    engine: str
    engine_version: str
    limit: int
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    protocol: int = PROTOCOL_VERSION
    tasks: tuple[Task, ...] = later(WRITING)
    judges: tuple[str, ...] = later(())

    def __post_init__(self) -> None:
        _require(
            self.protocol == PROTOCOL_VERSION,
            f"protocol: this side speaks {PROTOCOL_VERSION}, got {self.protocol}",
        )
        _require(
            1 <= self.limit <= MAX_JOBS_PER_CLAIM,
            f"limit: expected 1 to {MAX_JOBS_PER_CLAIM}, got {self.limit}",
        )
        _require(bool(self.worker.strip()), "worker: is empty")


@dataclass(frozen=True, slots=True)
class Point(Message):
    """One answer that a criterion offers; `value` is what a rating says."""

    value: int
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Criterion(Message):
    """One question of the rubric, with its answers; of an ordinal one the worst first."""

    code: str
    question: str
    help: str
    scale: str
    points: tuple[Point, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class GenerationJob(Message):
    """One text to make, or to judge. Ours for `lease_seconds`, longer with heartbeats.

    `fence` grows with every lease of the job and guards fail and heartbeat.
    `source` is the English content as JSON; `template` is an id, and "" lets the
    engine choose. A job of the task `judge` has the `candidate` it is about, as JSON,
    and the `criteria` and `verdicts` to choose from.
    """

    id: int
    fence: int
    lease_seconds: int
    task: Task
    kind: Kind
    language: str
    source: dict[str, Any]
    item_key: str
    dataset: str
    image_sha256: str = ""
    template: str = ""
    candidate: dict[str, Any] | None = later(None)
    criteria: tuple[Criterion, ...] = later(())
    verdicts: tuple[str, ...] = later(())

    def __post_init__(self) -> None:
        _require(self.lease_seconds > 0, "lease_seconds: must be above 0")
        is_judged = self.task == "judge"
        _require(
            is_judged is (self.candidate is not None),
            "candidate: is what a job to judge has, and no other",
        )


@dataclass(frozen=True, slots=True)
class ClaimReply(Message):
    """The leased jobs, most urgent first."""

    jobs: tuple[GenerationJob, ...]


@dataclass(frozen=True, slots=True)
class HeartbeatRequest(Message):
    """Extend the leases of the jobs really in flight, as (id, fence) pairs."""

    jobs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class HeartbeatReply(Message):
    """Ids whose lease was extended, and ids that are no longer ours."""

    kept: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Provenance(Message):
    """What wrote a text: enough to say how, and to do it again.

    `template_hash` is the SHA-256, in hex, of the template's text, the same for every
    job it was used on. In `rendered_prompt` an image is replaced by its own SHA-256.
    """

    model: str
    model_revision: str
    licence: str
    engine: str
    engine_version: str
    template_id: str
    template_version: str
    template_hash: str
    rendered_prompt: str
    parameters: dict[str, Any]
    seed: int | None
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    finish_reason: str
    raw_output: str

    def __post_init__(self) -> None:
        for name in ("model", "model_revision", "licence", "engine"):
            _require(bool(getattr(self, name).strip()), f"{name}: is empty")
        for name in ("prompt_tokens", "completion_tokens", "seconds"):
            _require(getattr(self, name) >= 0, f"{name}: is below 0")


@dataclass(frozen=True, slots=True)
class Span(Message):
    """Words of a candidate that a model finds fault with, as it quotes them."""

    text: str
    severity: Literal["minor", "major", "critical"] = "minor"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Opinion(Message):
    """What a model says of a candidate: the value it chose by each criterion's code."""

    verdict: str
    ratings: dict[str, int]
    spans: tuple[Span, ...] = ()
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Result(Message):
    """A candidate's content or, of a job to judge, an opinion; never both.

    The same `idempotency_key` twice is one result.
    """

    fence: int
    content: dict[str, Any] | None
    provenance: Provenance
    idempotency_key: str
    opinion: Opinion | None = later(None)

    def __post_init__(self) -> None:
        _require(
            (self.content is None) is not (self.opinion is None),
            "content: is what a result has, or an opinion, and not both",
        )


@dataclass(frozen=True, slots=True)
class ResultReply(Message):
    """Taken now, or taken before under the same key."""

    state: Literal["accepted", "duplicate"]


@dataclass(frozen=True, slots=True)
class Failure(Message):
    """Why a job was not done; `raw_output` is the text that could not be used."""

    fence: int
    reason_class: ReasonClass
    message: str
    raw_output: str = ""


@dataclass(frozen=True, slots=True)
class FailReply(Message):
    """Ready for another attempt, or set aside for a person."""

    state: Literal["ready", "set_aside"]


@dataclass(frozen=True, slots=True)
class Refusal(Message):
    """The body of a 4xx answer; `findings` name the checks that blocked a result."""

    detail: str
    findings: tuple[dict[str, Any], ...] = field(default=())


def idempotency_key(job: GenerationJob, made: Provenance) -> str:
    """SHA-256, in hex, over what was asked: item, language, prompt, model, settings.

    The text itself is not part of it, so a retry that sampled another text under
    the same settings is the same answer to the server. A candidate to judge is.
    """
    asked: list[Any] = [
        [job.dataset, job.item_key, job.language, job.task],
        [made.template_id, made.template_version, made.template_hash],
        [made.model, made.model_revision, made.parameters, made.seed],
    ]
    if job.candidate is not None:
        asked.append(job.candidate)
    return hashlib.sha256(canonical_json(asked).encode()).hexdigest()
