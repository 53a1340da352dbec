from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content import KINDS
from tests.worker.batches import META, PROVENANCE, job
from worker.protocol import (
    MAX_JOBS_PER_CLAIM,
    REASON_CLASSES,
    ClaimReply,
    ClaimRequest,
    Criterion,
    FailReply,
    Failure,
    GenerationJob,
    HeartbeatReply,
    HeartbeatRequest,
    Opinion,
    Point,
    ProtocolError,
    Provenance,
    Refusal,
    Result,
    ResultReply,
    Span,
    idempotency_key,
)
from worker.wire import Message

texts = st.text(max_size=30)
words = st.text(min_size=1, max_size=10).filter(str.strip)
counts = st.integers(0, 10**9)
scalars = st.none() | st.booleans() | st.integers() | texts
objects = st.dictionaries(texts, scalars | st.lists(scalars, max_size=3), max_size=4)
numbers = st.lists(counts, max_size=5).map(tuple)

jobs = st.builds(
    GenerationJob,
    id=counts,
    fence=counts,
    lease_seconds=st.integers(1, 86_400),
    task=st.sampled_from(["regenerate", "translate"]),
    kind=st.sampled_from(KINDS),
    language=texts,
    source=objects,
    item_key=texts,
    dataset=texts,
    image_sha256=texts,
    template=texts,
)
provenances = st.builds(
    Provenance,
    **dict.fromkeys(META, words),
    rendered_prompt=texts,
    parameters=objects,
    seed=st.none() | counts,
    prompt_tokens=counts,
    completion_tokens=counts,
    seconds=st.floats(0, 1e6),
    finish_reason=texts,
    raw_output=texts,
)
opinions = st.builds(
    Opinion,
    verdict=texts,
    ratings=st.dictionaries(texts, counts, max_size=3),
    spans=st.lists(st.builds(Span, texts, st.just("major"), texts), max_size=2).map(
        tuple
    ),
    explanation=texts,
)
judging = st.builds(
    replace,
    jobs,
    task=st.just("judge"),
    candidate=objects,
    criteria=st.lists(
        st.builds(
            Criterion,
            *[texts] * 4,
            st.lists(st.builds(Point, counts, texts, texts), max_size=2).map(tuple),
            st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    verdicts=st.lists(texts, max_size=2).map(tuple),
)
messages = st.one_of(
    st.builds(
        ClaimRequest,
        worker=words,
        engine=texts,
        engine_version=texts,
        limit=st.integers(1, MAX_JOBS_PER_CLAIM),
        kinds=st.lists(st.sampled_from(KINDS)).map(tuple),
        languages=st.lists(texts, max_size=5).map(tuple),
    ),
    st.builds(ClaimReply, st.lists(jobs | judging, max_size=3).map(tuple)),
    st.builds(
        HeartbeatRequest, st.lists(st.tuples(counts, counts), max_size=4).map(tuple)
    ),
    st.builds(HeartbeatReply, kept=numbers, lost=numbers),
    st.builds(Result, counts, objects, provenances, texts),
    st.builds(Result, counts, st.none(), provenances, texts, opinions),
    st.builds(ResultReply, st.sampled_from(["accepted", "duplicate"])),
    st.builds(Failure, counts, st.sampled_from(REASON_CLASSES), texts, texts),
    st.builds(FailReply, st.sampled_from(["ready", "set_aside"])),
    st.builds(Refusal, texts, st.lists(objects, max_size=2).map(tuple)),
)


@given(messages)
def test_every_message_survives_the_wire(message: Message) -> None:
    sent = json.loads(json.dumps(message.to_json()))
    assert type(message).from_json(sent) == message


@given(messages, words)
def test_an_unknown_field_is_refused_by_name(message: Message, name: str) -> None:
    known = {f.name for f in fields(message)}  # type: ignore[arg-type]
    sent = message.to_json()
    if name not in known:
        with pytest.raises(ProtocolError, match="no such field") as caught:
            type(message).from_json({**sent, name: 1})
        assert str(caught.value).startswith(name)


@given(messages, st.data())
def test_a_mistyped_field_is_refused_by_name(
    message: Message, draw: st.DataObject
) -> None:
    name = draw.draw(st.sampled_from(sorted(message.to_json())))
    with pytest.raises(ProtocolError, match=name):
        # No field of any message is a lone boolean.
        type(message).from_json(message.to_json() | {name: True})


RESULT = Result(1, {"caption": "Un chat."}, PROVENANCE, "key").to_json()
CLAIM = ClaimRequest("gpu", "recorded", "1", 4).to_json()


@pytest.mark.parametrize(
    ("cls", "sent", "reason"),
    [
        (Result, [], "expected an object, got a list"),
        (Result, {}, "fence: is missing"),
        (Result, RESULT | {"fence": "1"}, "fence: expected a whole number, got text"),
        (Result, RESULT | {"fence": 1.0}, "fence: expected a whole number, got float"),
        (Result, RESULT | {"content": "x"}, "content: expected an object, got text"),
        (
            Result,
            RESULT | {"provenance": PROVENANCE.to_json() | {"seconds": float("nan")}},
            "provenance.seconds: is not a finite number",
        ),
        (
            Result,
            RESULT | {"provenance": PROVENANCE.to_json() | {"licence": " "}},
            "provenance.licence: is empty",
        ),
        (
            Result,
            RESULT | {"provenance": PROVENANCE.to_json() | {"prompt_tokens": -1}},
            "provenance.prompt_tokens: is below 0",
        ),
        (ClaimRequest, CLAIM | {"limit": 0}, "limit: expected 1 to 64, got 0"),
        (ClaimRequest, CLAIM | {"limit": 65}, "limit: expected 1 to 64, got 65"),
        (ClaimRequest, CLAIM | {"worker": " "}, "worker: is empty"),
        (ClaimRequest, CLAIM | {"protocol": 2}, "protocol: this side speaks 1, got 2"),
        (ClaimRequest, CLAIM | {"kinds": ["poem"]}, "kinds[0]: 'poem' is none of"),
        (ClaimRequest, CLAIM | {"kinds": "caption"}, "kinds: expected a list"),
        (HeartbeatRequest, {"jobs": [[1, 2], [3]]}, "jobs[1]: expected 2, got 1"),
        (HeartbeatRequest, {"jobs": [[1, None]]}, "jobs[0][1]: expected a whole"),
        (
            ClaimReply,
            {"jobs": [job().to_json() | {"lease_seconds": 0}]},
            "jobs[0].lease_seconds: must be above 0",
        ),
        (
            Failure,
            {"fence": 1, "reason_class": "bored", "message": ""},
            "reason_class: 'bored' is none of bad_input, bad_output",
        ),
    ],
)
def test_a_bad_message_is_refused_with_field_and_reason(
    cls: type[Message], sent: Any, reason: str
) -> None:
    with pytest.raises(ProtocolError) as caught:
        cls.from_json(sent)
    assert str(caught.value).startswith(reason)


def test_a_whole_number_is_taken_for_a_float() -> None:
    sent = PROVENANCE.to_json() | {"seconds": 2}
    assert Provenance.from_json(sent).seconds == 2.0


def test_the_key_is_the_same_for_the_same_question() -> None:
    again = replace(PROVENANCE, raw_output="Le chat.", seconds=9.0)
    assert idempotency_key(job(), again) == idempotency_key(job(fence=9), PROVENANCE)


@pytest.mark.parametrize(
    "changed",
    [{"seed": 8}, {"template_hash": "1" * 64}, {"model_revision": "abd"}],
)
def test_the_key_changes_with_the_settings(changed: dict[str, Any]) -> None:
    other = replace(PROVENANCE, **changed)
    assert idempotency_key(job(), other) != idempotency_key(job(), PROVENANCE)


def test_the_key_changes_with_the_language() -> None:
    german = job(language="de")
    assert idempotency_key(german, PROVENANCE) != idempotency_key(job(), PROVENANCE)
