"""The command line, as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.worker.batches import Batch, job
from tests.worker.scripted_server import TOKEN, ScriptedServer, answer, slow

ROOT = Path(__file__).parents[2]


def start(*arguments: str | Path, token: str | None = TOKEN) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"]}
    if token is not None:
        environment["CONCORD_WORKER_TOKEN"] = token
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "worker", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, error = process.communicate(timeout=15)
    finally:
        process.kill()
    return process.returncode, out, error


def recorded(batch: Batch, count: int) -> list[str | Path]:
    for n in range(1, count + 1):
        batch.add(f"pets/{n}/fr", f"Texte {n}.")
    return ["--engine", "recorded", "--file", batch.write()]


def test_once_works_everything_off_and_exits_0(
    server: ScriptedServer, batch: Batch
) -> None:
    server.waiting.extend(job(n).to_json() for n in range(1, 6))
    arguments = ["--server", server.url, *recorded(batch, 5)]
    arguments += ["--name", "gpu-7", "--batch", "2", "--once", "--wait", "0"]
    code, out, error = finish(start(*arguments))
    assert (code, error) == (0, "")
    assert sorted(server.results) == [1, 2, 3, 4, 5]
    assert (server.claims[0].worker, server.claims[0].limit) == ("gpu-7", 2)
    assert out.splitlines()[0] == f"gpu-7: 5 recorded answers for {server.url}"
    assert out.splitlines()[-1] == "nothing left: 5 jobs, 5 accepted"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_what_runs_releases_the_rest_and_exits_0(
    server: ScriptedServer, batch: Batch, number: signal.Signals
) -> None:
    server.waiting.extend(job(n).to_json() for n in (1, 2, 3))
    server.fault("PUT", "result", slow(0.5))
    process = start("--server", server.url, *recorded(batch, 3))
    server.wait_for("PUT", "result")
    process.send_signal(number)
    code, out, error = finish(process)
    assert (code, error) == (0, "")
    assert list(server.results) == [1]
    assert [failure.reason_class for _, failure in server.failures] == ["released"] * 2
    assert out.splitlines()[-1] == "stopped: 3 jobs, 1 accepted, 2 released"


def test_a_signal_ends_an_idle_worker_at_once(
    server: ScriptedServer, batch: Batch
) -> None:
    process = start("--server", server.url, *recorded(batch, 1))
    server.wait_for("POST", "claim")
    process.terminate()
    code, out, _ = finish(process)
    assert (code, out.splitlines()[-1]) == (0, "stopped: 0 jobs, none")


def test_a_wrong_token_exits_2_and_says_so(
    server: ScriptedServer, batch: Batch
) -> None:
    arguments = ["--server", server.url, *recorded(batch, 1), "--token", "wrong"]
    code, _, error = finish(start(*arguments))
    assert (code, error) == (
        2,
        "worker: The server refuses the token: unknown token\n",
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "/api/v1/worker/claim: the server answers 404: no"),
        (422, "worker: no"),
        (409, "worker: no"),
    ],
)
def test_an_answer_that_no_claim_can_get_exits_4(
    server: ScriptedServer, batch: Batch, status: int, reason: str
) -> None:
    server.fault("POST", "claim", answer(status, {"detail": "no"}))
    code, _, error = finish(start("--server", server.url, *recorded(batch, 1)))
    assert code == 4
    assert reason in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "required: --server, --engine, --file"),
        (["--server", "ftp://x"], "'ftp://x' is no http or https URL"),
        (["--server", "http://[::"], "is no URL"),
        (["--server", "http://x", "--batch", "65"], "expected 1 to 64, got '65'"),
        (["--server", "http://x", "--wait", "nan"], "expected 0 to 86400 seconds"),
        (["--server", "http://x", "--token", "schlüssel"], "the server showed"),
        (["--server", "http://x", "--engine", "magic"], "invalid choice: 'magic'"),
        (
            ["--server", "http://x", "--engine", "recorded", "--file", "none.jsonl"],
            "worker: none.jsonl: No such file or directory.",
        ),
    ],
)
def test_wrong_arguments_exit_2_with_the_reason(
    arguments: list[str], reason: str
) -> None:
    code, _, error = finish(start(*arguments))
    assert code == 2
    assert reason in error


def test_no_token_at_all_exits_2(batch: Batch) -> None:
    arguments = ["--server", "http://127.0.0.1:9", *recorded(batch, 1)]
    code, _, error = finish(start(*arguments, token=None))
    assert code == 2
    assert "CONCORD_WORKER_TOKEN" in error
