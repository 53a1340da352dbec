from __future__ import annotations

import hashlib

import httpx
import pytest

from tests.worker.batches import PROVENANCE, job
from tests.worker.scripted_server import (
    TOKEN,
    Fault,
    ScriptedServer,
    answer,
    answer_after_work,
    cut,
    slow,
)
from worker.client import Client
from worker.errors import (
    ImageUnusableError,
    LeaseLostError,
    ResultBlockedError,
    ServerAwayError,
    TokenRefusedError,
    WrongServerError,
)
from worker.protocol import ClaimRequest, Failure, HeartbeatRequest, Result
from worker.retrying import Patience

CLAIM = ClaimRequest("gpu", "recorded", "1", 4)
RESULT = Result(3, {"caption": "Un chat."}, PROVENANCE, "key")


def test_claim_gives_the_leased_jobs(server: ScriptedServer, client: Client) -> None:
    server.waiting.extend(job(n).to_json() for n in range(6))
    assert client.claim(CLAIM).jobs == tuple(job(n) for n in range(4))
    assert server.claims == [CLAIM]
    assert server.calls[0].authorization == f"Bearer {TOKEN}"


def test_result_and_failure_arrive_as_sent(
    server: ScriptedServer, client: Client
) -> None:
    failure = Failure(3, "bad_output", "no", "raw")
    assert client.result(5, RESULT).state == "accepted"
    assert client.fail(6, failure).state == "ready"
    assert server.results == {5: RESULT}
    assert server.failures == [(6, failure)]


def test_heartbeat_tells_kept_from_lost(server: ScriptedServer, client: Client) -> None:
    server.lost = {2}
    reply = client.heartbeat(HeartbeatRequest(((1, 3), (2, 3))))
    assert (reply.kept, reply.lost) == ((1,), (2,))


def test_heartbeat_is_not_repeated(server: ScriptedServer, client: Client) -> None:
    server.fault("POST", "heartbeat", answer(503))
    with pytest.raises(ServerAwayError):
        client.heartbeat(HeartbeatRequest(((1, 3),)))
    assert len(server.called("POST", "heartbeat")) == 1


@pytest.mark.parametrize("fault", [answer(503), answer(429, Retry_After="0.01"), cut])
def test_passing_trouble_is_not_seen(
    server: ScriptedServer, client: Client, fault: Fault
) -> None:
    server.fault("PUT", "result", fault, fault)
    assert client.result(5, RESULT).state == "accepted"
    assert len(server.called("PUT", "result")) == 3


@pytest.mark.parametrize("lost", [cut, answer(502)])
def test_a_result_whose_answer_was_lost_is_one_result(
    server: ScriptedServer, client: Client, lost: Fault
) -> None:
    server.fault("PUT", "result", answer_after_work(lost))
    assert client.result(5, RESULT).state == "duplicate"
    assert server.results == {5: RESULT}


def test_lasting_trouble_is_the_server_being_away(
    server: ScriptedServer, client: Client
) -> None:
    server.fault("POST", "claim", *[answer(503)] * 3)
    with pytest.raises(ServerAwayError, match="not available .it answers 503"):
        client.claim(CLAIM)


def test_a_server_that_is_not_there_is_away(patience: Patience) -> None:
    with (
        Client("http://127.0.0.1:9", TOKEN, patience=patience) as client,
        pytest.raises(ServerAwayError, match="ConnectError"),
    ):
        client.claim(CLAIM)


def test_a_slow_server_is_away(server: ScriptedServer) -> None:
    server.fault("POST", "claim", slow(0.5))
    once = Patience(tries=1)
    with (
        Client(
            server.url, TOKEN, patience=once, timeout=httpx.Timeout(0.1)
        ) as impatient,
        pytest.raises(ServerAwayError, match="ReadTimeout"),
    ):
        impatient.claim(CLAIM)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_said_at_once(
    server: ScriptedServer, client: Client, status: int
) -> None:
    server.fault("POST", "claim", answer(status, {"detail": "token was revoked"}))
    with pytest.raises(TokenRefusedError, match="refuses the token: token was revoked"):
        client.claim(CLAIM)
    assert len(server.calls) == 1


def test_a_conflict_means_that_the_lease_is_lost(
    server: ScriptedServer, client: Client
) -> None:
    server.fault("PUT", "result", answer(409, {"detail": "closed"}))
    server.fault("POST", "fail", answer(409, {"detail": "moved on"}))
    with pytest.raises(LeaseLostError, match="closed"):
        client.result(5, RESULT)
    with pytest.raises(LeaseLostError, match="moved on"):
        client.fail(5, Failure(3, "refused", "no"))


def test_a_blocked_result_names_its_findings(
    server: ScriptedServer, client: Client
) -> None:
    finding = {"check": "placeholders", "message": "{name} is missing"}
    body = {"detail": "2 checks", "findings": [finding, {"code": 7}]}
    server.fault("PUT", "result", answer(422, body))
    with pytest.raises(ResultBlockedError) as caught:
        client.result(5, RESULT)
    assert caught.value.findings == (finding, {"code": 7})
    assert str(caught.value) == (
        "2 checks: placeholders {name} is missing; {'code': 7}"
    )


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (answer(404, b"<h1>Not Found</h1>"), "answers 404: <h1>Not Found</h1>"),
        (answer(400, {"detail": "limit: too big"}), "answers 400: limit: too big"),
        (answer(302, b"", Location="https://other/"), "give that URL instead"),
        (answer(200, b"<html>"), "claim: the answer is not ours"),
        (answer(200, {"jobs": [], "more": 1}), "more: no such field"),
        (answer(200, [1]), "expected an object"),
    ],
)
def test_a_server_of_another_kind_is_recognised(
    server: ScriptedServer, client: Client, fault: Fault, reason: str
) -> None:
    server.fault("POST", "claim", fault)
    with pytest.raises(WrongServerError, match=reason):
        client.claim(CLAIM)


def test_an_image_is_fetched_by_its_hash(
    server: ScriptedServer, client: Client
) -> None:
    sha256 = hashlib.sha256(b"picture").hexdigest()
    server.images[sha256] = b"picture"
    assert client.image(sha256) == b"picture"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (answer(404), "the server has no image"),
        (answer(410), "the server has no image"),
        (answer(200, b"another"), "have another hash"),
    ],
)
def test_an_image_that_is_gone_or_damaged_is_unusable(
    server: ScriptedServer, client: Client, fault: Fault, reason: str
) -> None:
    sha256 = hashlib.sha256(b"picture").hexdigest()
    server.fault("GET", sha256, fault)
    with pytest.raises(ImageUnusableError, match=reason):
        client.image(sha256)
