"""One job: picture, engine, content, hand it in; or say why not."""

from __future__ import annotations

from typing import Literal, TypeAlias

from corpus.plain_text import storable
from worker.assembling import AssemblyError, assemble, opinion
from worker.client import Client
from worker.engines import Engine, EngineError, Generation
from worker.errors import ImageUnusableError, LeaseLostError, ResultBlockedError
from worker.protocol import (
    Failure,
    GenerationJob,
    ReasonClass,
    Result,
    idempotency_key,
)

#: Enough to see what went wrong; the server refuses bodies over 5 MiB.
MAX_MESSAGE = 2_000
MAX_RAW_OUTPUT = 20_000

Outcome: TypeAlias = Literal["accepted", "failed", "lost", "released"]


def work(*, job: GenerationJob, client: Client, engine: Engine) -> tuple[Outcome, str]:
    """Do one job and report it. Returns what became of it, and why in words.

    Raises ServerAwayError, TokenRefusedError or WrongServerError when it cannot be
    reported; the lease then ends by itself.
    """
    try:
        image = client.image(job.image_sha256) if _needs_image(job, engine) else None
        generation = engine.generate(job, image)
        result = _result(job, generation)
        return _hand_in(job, client, result, generation)
    except EngineError as error:
        return give_up(job, client, error.reason_class, str(error), error.raw_output)
    except ImageUnusableError as error:
        return give_up(job, client, "bad_input", str(error))


def give_up(
    job: GenerationJob,
    client: Client,
    reason: ReasonClass,
    message: str,
    raw_output: str = "",
) -> tuple[Outcome, str]:
    """Report that a job was not done."""
    said = storable(message)[:MAX_MESSAGE], storable(raw_output)[:MAX_RAW_OUTPUT]
    failure = Failure(job.fence, reason, *said)
    try:
        client.fail(job.id, failure)
    except LeaseLostError as error:
        return "lost", str(error)
    if reason == "released":
        return "released", message
    return "failed", f"{reason}: {message}"


def _needs_image(job: GenerationJob, engine: Engine) -> bool:
    return engine.wants_image and bool(job.image_sha256)


def _result(job: GenerationJob, generation: Generation) -> Result:
    made = generation.provenance
    key = idempotency_key(job, made)
    try:
        if job.task == "judge":
            said = opinion(generation.text)
            return Result(job.fence, None, made, key, said)
        return Result(job.fence, assemble(job, generation.text), made, key)
    except AssemblyError as error:
        raise EngineError("bad_output", str(error), generation.text) from None


def _hand_in(
    job: GenerationJob, client: Client, result: Result, generation: Generation
) -> tuple[Outcome, str]:
    try:
        return "accepted", client.result(job.id, result).state
    except LeaseLostError as error:
        return "lost", str(error)
    except ResultBlockedError as error:
        return give_up(job, client, "bad_output", str(error), generation.text)
