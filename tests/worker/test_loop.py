from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.worker.batches import CHOICE, PROVENANCE, Batch, job
from tests.worker.scripted_server import ScriptedServer, answer, slow
from worker.client import Client
from worker.engines import EngineError, Generation
from worker.engines.recorded import RecordedEngine
from worker.errors import ServerAwayError, TokenRefusedError
from worker.loop import Loop
from worker.protocol import GenerationJob


@dataclass
class Echo:
    """An engine that looks at the image and answers at once, or as it was told."""

    name: str = "echo"
    version: str = "1"
    wants_image: bool = False
    tasks: tuple[str, ...] = ("regenerate", "translate")
    judges: tuple[str, ...] = ()
    raises: dict[int, Exception] = field(default_factory=dict)
    seconds: float = 0.0
    seen: list[tuple[int, bytes | None]] = field(default_factory=list)

    def generate(self, asked: GenerationJob, image: bytes | None) -> Generation:
        self.seen.append((asked.id, image))
        time.sleep(self.seconds)
        if asked.id in self.raises:
            raise self.raises[asked.id]
        return Generation(f"Texte {asked.id}.", PROVENANCE)


@dataclass
class Run:
    """A loop with what it said."""

    loop: Loop
    said: list[str]


def make(client: Client, engine: Any, **changed: Any) -> Run:
    said: list[str] = []
    fields: dict[str, Any] = {
        "client": client,
        "engine": engine,
        "name": "gpu",
        "batch": 4,
        "once": True,
        "wait_seconds": 0.0,
        "stopping": threading.Event(),
        "poll_seconds": 0.02,
        "say": said.append,
    }
    return Run(Loop(**(fields | changed)), said)


def test_all_jobs_are_worked_off_batch_by_batch(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.extend(job(n).to_json() for n in range(10))
    run = make(client, Echo())
    run.loop.run()
    assert {n: r.content for n, r in server.results.items()} == {
        n: {"caption": f"Texte {n}."} for n in range(10)
    }
    assert [claim.limit for claim in server.claims] == [4, 4, 4, 4]
    assert len([line for line in run.said if line.startswith("batch")]) == 3
    assert run.said[-1] == "nothing left: 10 jobs, 10 accepted"


def test_a_recorded_batch_of_two_kinds_becomes_results(
    server: ScriptedServer, client: Client, batch: Batch
) -> None:
    batch.add("pets/1/fr", "Un chat.")
    batch.add("pets/2/fr", '{"question": "Lequel ?", "options": ["Chat", "Chien"]}')
    batch.add("pets/3/fr", "not JSON")
    choice = {"kind": "multiple_choice", "source": CHOICE, "task": "translate"}
    server.waiting.append(job(1).to_json())
    server.waiting.extend(job(n, **choice).to_json() for n in (2, 3, 4))
    engine = RecordedEngine(batch.write())
    run = make(client, engine)
    run.loop.run()
    engine.close()
    assert server.results[1].content == {"caption": "Un chat."}
    assert server.results[2].content["key"] == "B"
    (third, garbage), (fourth, absent) = server.failures
    assert (third, garbage.reason_class, garbage.raw_output) == (
        3,
        "bad_output",
        "not JSON",
    )
    assert (fourth, absent.reason_class) == (4, "bad_input")
    assert run.said[-1] == "nothing left: 4 jobs, 2 accepted, 2 failed"


def test_a_blocked_result_is_failed_with_findings_and_raw_text(
    server: ScriptedServer, client: Client
) -> None:
    finding = {"check": "loops", "message": "says it four times"}
    server.waiting.append(job(1).to_json())
    server.fault(
        "PUT", "result", answer(422, {"detail": "blocked", "findings": [finding]})
    )
    make(client, Echo()).loop.run()
    ((_, failure),) = server.failures
    assert failure.reason_class == "bad_output"
    assert failure.message == "blocked: loops says it four times"
    assert failure.raw_output == "Texte 1."


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (EngineError("overload", "queue full"), "overload"),
        (EngineError("engine_down", "no answer"), "engine_down"),
        (RuntimeError("shape mismatch"), "bad_output"),
    ],
)
def test_a_job_that_the_engine_cannot_do_does_not_stop_the_others(
    server: ScriptedServer, client: Client, error: Exception, reason: str
) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2))
    run = make(client, Echo(raises={1: error}))
    run.loop.run()
    assert list(server.results) == [2]
    ((failed, failure),) = server.failures
    assert (failed, failure.reason_class, failure.fence) == (1, reason, 3)
    assert str(error) in failure.message


def test_a_lost_lease_is_no_failure(server: ScriptedServer, client: Client) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2))
    server.fault("PUT", "1/result", answer(409, {"detail": "answered by another"}))
    run = make(client, Echo())
    run.loop.run()
    assert server.failures == []
    assert run.said[0] == "job 1 (pets/1/fr) lost: answered by another"
    assert run.said[-1] == "nothing left: 2 jobs, 1 accepted, 1 lost"


def test_the_heartbeat_names_jobs_in_flight_and_skips_lost_ones(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.extend(job(n, lease_seconds=1).to_json() for n in (1, 2, 3))
    server.lost = {3}
    engine = Echo(seconds=0.5)
    run = make(client, engine)
    run.loop.run()
    assert server.beats[0].jobs == ((1, 3), (2, 3), (3, 3))
    assert (1, 3) not in server.beats[-1].jobs
    assert [n for n, _ in engine.seen] == [1, 2]
    assert sorted(server.results) == [1, 2]


def test_a_heartbeat_without_answer_disturbs_nothing(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.append(job(1, lease_seconds=1).to_json())
    server.fault("POST", "heartbeat", answer(503))
    make(client, Echo(seconds=0.8)).loop.run()
    assert len(server.called("POST", "heartbeat")) == 2
    assert list(server.results) == [1]


def test_an_engine_that_looks_gets_the_image(
    server: ScriptedServer, client: Client
) -> None:
    sha256 = hashlib.sha256(b"picture").hexdigest()
    server.images[sha256] = b"picture"
    server.waiting.append(job(1, image_sha256=sha256).to_json())
    server.waiting.append(job(2).to_json())
    engine = Echo(wants_image=True)
    make(client, engine).loop.run()
    assert engine.seen == [(1, b"picture"), (2, None)]


def test_a_job_whose_image_is_gone_is_bad_input(
    server: ScriptedServer, client: Client
) -> None:
    sha256 = "0" * 64
    server.waiting.append(job(1, image_sha256=sha256).to_json())
    server.fault("GET", sha256, answer(404))
    make(client, Echo(wants_image=True)).loop.run()
    assert server.failures[0][1].reason_class == "bad_input"


def test_once_asks_on_until_the_wait_is_over(
    server: ScriptedServer, client: Client
) -> None:
    later = threading.Timer(0.2, server.waiting.append, [job(1).to_json()])
    later.start()
    started = time.monotonic()
    make(client, Echo(), wait_seconds=0.4).loop.run()
    assert list(server.results) == [1]
    assert time.monotonic() - started >= 0.6


def test_without_once_the_loop_outlives_a_server_restart(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.append(job(1).to_json())
    server.fault("POST", "claim", *[answer(503)] * 3)
    stopping = threading.Event()
    run = make(client, Echo(), once=False, stopping=stopping)
    thread = threading.Thread(target=run.loop.run)
    thread.start()
    server.wait_for("PUT", "result")
    stopping.set()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert "not available" in run.said[0]
    assert run.said[-1] == "stopped: 1 job, 1 accepted"


def test_with_once_a_server_that_stays_away_is_an_error(
    server: ScriptedServer, client: Client
) -> None:
    server.fault("POST", "claim", *[answer(503)] * 3)
    with pytest.raises(ServerAwayError):
        make(client, Echo()).loop.run()


def test_a_result_that_cannot_be_sent_leaves_the_lease_to_end(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2))
    server.fault("PUT", "1/result", *[answer(503)] * 3)
    run = make(client, Echo())
    run.loop.run()
    assert list(server.results) == [2]
    assert server.failures == []
    assert run.said[-1] == "nothing left: 2 jobs, 1 accepted, 1 lost"


def test_a_token_revoked_in_the_middle_ends_the_loop(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2))
    server.fault("PUT", "result", answer(403, {"detail": "revoked"}))
    with pytest.raises(TokenRefusedError, match="revoked"):
        make(client, Echo()).loop.run()


def test_stopping_finishes_what_runs_and_releases_the_rest(
    server: ScriptedServer, client: Client
) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2, 3))
    server.fault("PUT", "result", slow(0.3))
    stopping = threading.Event()
    run = make(client, Echo(), once=False, stopping=stopping)
    thread = threading.Thread(target=run.loop.run)
    thread.start()
    server.wait_for("PUT", "result")
    stopping.set()
    thread.join(timeout=5)
    assert list(server.results) == [1]
    told = [(n, failure.reason_class) for n, failure in server.failures]
    assert told == [(2, "released"), (3, "released")]
    assert run.said[-1] == "stopped: 3 jobs, 1 accepted, 2 released"
