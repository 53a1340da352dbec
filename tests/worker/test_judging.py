"""Judging by a model: what a recorded batch holds becomes an opinion."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.content import digest, parse
from tests.worker.batches import META, PROVENANCE, Batch, job
from tests.worker.scripted_server import ScriptedServer
from tests.worker.test_loop import make
from worker.assembling import AssemblyError, opinion
from worker.client import Client
from worker.engines import EngineError
from worker.engines.recorded import RecordedEngine, custom_id_of
from worker.protocol import (
    ClaimRequest,
    GenerationJob,
    Opinion,
    ProtocolError,
    Result,
    Span,
    idempotency_key,
)

TEXT = {"caption": "Un chat."}
SAID = {"verdict": "accept", "ratings": {"adequacy": 4}}
ADEQUACY = {
    "code": "adequacy",
    "question": "Right?",
    "help": "",
    "scale": "ordinal",
    "points": [{"value": 4, "label": "Fully"}],
    "required": True,
}


def to_judge(**changed: Any) -> GenerationJob:
    fields = {"task": "judge", "candidate": TEXT, "criteria": [ADEQUACY]}
    return job(**(fields | changed))


def test_a_text_to_judge_is_looked_up_by_its_digest() -> None:
    asked = to_judge()
    known = digest(parse("caption", TEXT))
    assert custom_id_of(asked) == f"pets/1/fr/judge/{known}"
    assert custom_id_of(job()) == "pets/1/fr"
    with pytest.raises(EngineError, match="candidate: caption") as caught:
        custom_id_of(to_judge(candidate={}))
    assert caught.value.reason_class == "bad_input"


@pytest.mark.parametrize(
    ("judging", "writing", "tasks"),
    [
        (True, False, ("judge",)),
        (False, True, ("regenerate", "translate")),
        (True, True, ("regenerate", "translate", "judge")),
        (False, False, ("regenerate", "translate")),
    ],
)
def test_a_batch_does_the_tasks_that_it_has_lines_of(
    batch: Batch, judging: bool, writing: bool, tasks: tuple[str, ...]
) -> None:
    if judging:
        batch.add(custom_id_of(to_judge()), json.dumps(SAID))
    if writing:
        batch.add("pets/1/fr", "Un chat.")
    engine = RecordedEngine(batch.write())
    assert engine.tasks == tasks
    assert engine.judges == ("tiny", "tiny@abc")
    engine.close()


def test_a_recorded_judgment_is_handed_in_as_an_opinion(
    server: ScriptedServer, client: Client, batch: Batch
) -> None:
    batch.add(custom_id_of(to_judge()), json.dumps(SAID | {"thinking": "Hm."}))
    engine = RecordedEngine(batch.write())
    server.waiting.append(to_judge().to_json())
    make(client, engine).loop.run()
    engine.close()
    (handed,) = server.results.values()
    assert handed.content is None
    assert handed.opinion == Opinion("accept", {"adequacy": 4})
    assert handed.provenance.raw_output == json.dumps(SAID | {"thinking": "Hm."})
    assert handed.provenance.template_hash == META["template_hash"]
    claimed = server.claims[0]
    assert (claimed.tasks, claimed.judges) == (("judge",), ("tiny", "tiny@abc"))


def test_spans_and_explanation_may_come_with_it() -> None:
    spans = [{"text": "chat", "severity": "minor"}]
    made = opinion(json.dumps(SAID | {"spans": spans, "explanation": "a\x00b"}))
    assert made.spans == (Span("chat"),)
    assert made.explanation == "a\ufffdb"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("fine", "not JSON"),
        ("{}", "verdict: is missing"),
        ('{"verdict": "accept"}', "ratings: is missing"),
        (
            '{"verdict": "accept", "ratings": {"a": true}}',
            "ratings.a: expected a whole",
        ),
        ('{"verdict": "accept", "ratings": {"a": "4"}}', "ratings.a: expected a whole"),
        ('{"verdict": 1, "ratings": {}}', "verdict: expected text"),
    ],
)
def test_an_answer_that_is_no_opinion_is_bad_output(
    server: ScriptedServer, client: Client, batch: Batch, said: str, reason: str
) -> None:
    with pytest.raises(AssemblyError, match=reason):
        opinion(said)
    batch.add(custom_id_of(to_judge()), said)
    engine = RecordedEngine(batch.write())
    server.waiting.append(to_judge().to_json())
    make(client, engine).loop.run()
    engine.close()
    ((_, failure),) = server.failures
    assert (failure.reason_class, failure.raw_output) == ("bad_output", said)


def test_messages_of_the_other_tasks_are_as_before() -> None:
    """An older program refuses a field that it does not know."""
    before = {"id", "fence", "lease_seconds", "task", "kind", "language", "source"}
    before |= {"item_key", "dataset", "image_sha256", "template"}
    assert set(job().to_json()) == before
    said = ClaimRequest("gpu", "recorded", "1", 4).to_json()
    assert not said.keys() & {"tasks", "judges"}
    result = Result(1, TEXT, PROVENANCE, "key").to_json()
    assert set(result) == {"fence", "content", "provenance", "idempotency_key"}


def test_the_key_of_a_judgment_knows_the_text_and_others_stay() -> None:
    keys = {
        idempotency_key(asked, PROVENANCE)
        for asked in (to_judge(), to_judge(candidate={"caption": "Un chien."}))
    }
    assert len(keys) == 2
    assert idempotency_key(job(), PROVENANCE) == idempotency_key(
        job(2, item_key="1"), PROVENANCE
    )


@pytest.mark.parametrize(
    ("cls", "sent", "reason"),
    [
        (GenerationJob, job().to_json() | {"task": "judge"}, "candidate: is what"),
        (GenerationJob, job().to_json() | {"candidate": TEXT}, "candidate: is what"),
        (
            GenerationJob,
            to_judge().to_json() | {"criteria": [ADEQUACY | {"required": 1}]},
            r"criteria\[0\].required: expected true or false",
        ),
        (
            Result,
            Result(1, TEXT, PROVENANCE, "key").to_json() | {"opinion": SAID},
            "content: is what",
        ),
        (
            Result,
            Result(1, TEXT, PROVENANCE, "key").to_json() | {"content": None},
            "content: is what",
        ),
    ],
)
def test_a_message_that_is_neither_is_refused(
    cls: type[Any], sent: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ProtocolError, match=reason):
        cls.from_json(sent)
