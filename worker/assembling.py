"""Raw output and source content -> the candidate's content, or an opinion of one.

Whatever a benchmark needs unchanged (key, option count and order, category) is
copied from the source here; a model is never asked for it and never believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from corpus.content import (
    Content,
    ContentError,
    Conversation,
    MultipleChoice,
    QuestionAnswer,
    YesNo,
    dump,
    parse,
)
from corpus.plain_text import storable_json
from worker.protocol import GenerationJob, Opinion, ProtocolError

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*", re.DOTALL)


_SAID = ("verdict", "ratings", "spans", "explanation")


class AssemblyError(ValueError):
    """The output is no content of the job's kind. The message says where."""


def assemble(job: GenerationJob, output: str) -> dict[str, Any]:
    """The candidate's content as JSON. Raises AssemblyError.

    A caption is plain text; the other kinds are a JSON object with the texts only.
    """
    source = source_content(job)
    try:
        if job.kind == "caption":
            fields: dict[str, Any] = {"caption": output.strip()}
        else:
            fields = _fields(job, source, _object(output))
        return dump(parse(job.kind, fields))
    except ContentError as error:
        raise AssemblyError(str(error)) from None


def opinion(output: str) -> Opinion:
    """What a model says of a candidate, from a JSON object. Raises AssemblyError.

    Whether the values are among those asked for is the server's to say.
    """
    made = _object(output)
    known = {name: made[name] for name in _SAID if made.get(name) is not None}
    try:
        return Opinion.from_json(storable_json(known))
    except ProtocolError as error:
        raise AssemblyError(str(error)) from None


def source_content(job: GenerationJob) -> Content:
    """The English content of a job. Raises AssemblyError if it is not of its kind."""
    try:
        return parse(job.kind, job.source)
    except ContentError as error:
        raise AssemblyError(f"source: {error}") from None


def _fields(job: GenerationJob, source: Content, made: Mapping[str, Any]) -> Any:
    match source:
        case QuestionAnswer():
            return {"question": made.get("question"), "answer": made.get("answer")}
        case Conversation():
            return {"turns": _turns(job, source, made.get("turns"))}
        case MultipleChoice():
            return _choice(source, made)
        case YesNo():
            copied = {"key": source.key, "category": source.category}
            return {"question": made.get("question"), **copied}
    raise AssemblyError(f"{job.kind}: is not assembled from JSON")


def _choice(source: MultipleChoice, made: Mapping[str, Any]) -> dict[str, Any]:
    options = made.get("options")
    if not isinstance(options, list) or len(options) != len(source.options):
        found = len(options) if isinstance(options, list) else "none"
        wanted = len(source.options)
        raise AssemblyError(f"options: expected {wanted}, got {found}")
    hint = made.get("hint") if source.hint else ""
    if source.hint and not (isinstance(hint, str) and hint.strip()):
        raise AssemblyError("hint: is missing although the source has one")
    return {
        "question": made.get("question"),
        "options": options,
        "hint": hint,
        "key": source.key,
        "category": source.category,
    }


def _turns(job: GenerationJob, source: Conversation, turns: Any) -> list[Any]:
    if not isinstance(turns, list):
        raise AssemblyError("turns: expected a list")
    if job.task == "translate" and len(turns) != len(source.turns):
        wanted = len(source.turns)
        raise AssemblyError(f"turns: expected {wanted}, got {len(turns)}")
    return turns


def _object(output: str) -> dict[str, Any]:
    fenced = _FENCE.fullmatch(output)
    try:
        # Engines let raw line breaks through inside strings; strict=False takes them.
        found = json.loads(fenced["inside"] if fenced else output, strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        raise AssemblyError(f"the output is not JSON ({error})") from None
    if not isinstance(found, dict):
        raise AssemblyError("the output is JSON but not an object")
    return found
