"""`python -m worker`: the command line. Exit codes:

0  stopped by SIGTERM or SIGINT, or with --once when nothing was left
2  wrong arguments, unreadable file, or the server refuses the token
3  with --once: the server stayed away through all retries
4  the other side does not speak this protocol
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import httpx

from worker.client import Client
from worker.engines.batch_file import BatchFileError
from worker.engines.recorded import RecordedEngine
from worker.errors import ServerAwayError, ServerError, TokenRefusedError
from worker.loop import Loop, say
from worker.protocol import MAX_JOBS_PER_CLAIM
from worker.retrying import Patience

TOKEN_VARIABLE = "CONCORD_WORKER_TOKEN"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped; returns the exit code."""
    options = _parse(arguments)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        engine = RecordedEngine(options.file, options.requests)
        try:
            _run(options, engine, stopping)
        finally:
            engine.close()
    except (BatchFileError, TokenRefusedError) as error:
        return _complain(error, 2)
    except ServerAwayError as error:
        return _complain(error, 3)
    except ServerError as error:
        return _complain(error, 4)
    return 0


def _run(
    options: argparse.Namespace, engine: RecordedEngine, stopping: threading.Event
) -> None:
    say(f"{options.name}: {len(engine)} recorded answers for {options.server}")
    patience = Patience(stopping=stopping)
    with Client(options.server, options.token, patience=patience) as client:
        Loop(
            client=client,
            engine=engine,
            name=options.name,
            batch=options.batch,
            once=options.once,
            wait_seconds=options.wait,
            stopping=stopping,
        ).run()


def _complain(error: Exception, code: int) -> int:
    print(f"worker: {error}", file=sys.stderr, flush=True)
    return code


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m worker",
        description="Pulls jobs from a Concord server and hands candidates back.",
    )
    add = parser.add_argument
    add("--server", type=_server, required=True, help="https://...")
    add("--token", type=_token, help=f"or in {TOKEN_VARIABLE}")
    add("--engine", choices=["recorded"], required=True)
    add("--file", type=Path, required=True, help="batch output, JSON lines")
    add("--requests", type=Path, help="batch input (<stem>.requests.jsonl)")
    add("--name", default=platform.node() or "worker", help="shown to the lead")
    add("--batch", type=_batch, default=16, help="jobs per claim, 1 to 64")
    add("--once", action="store_true", help="stop when nothing is left")
    add("--wait", type=_seconds, default=5.0, help="with --once: seconds to ask on")
    options = parser.parse_args(arguments)
    if options.token is None:
        try:
            options.token = _token(os.environ.get(TOKEN_VARIABLE, ""))
        except argparse.ArgumentTypeError as error:
            parser.error(f"--token (or {TOKEN_VARIABLE}): {error}")
    return options


def _server(text: str) -> str:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no URL ({error})") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise argparse.ArgumentTypeError(f"{text!r} is no http or https URL")
    return text


def _token(text: str) -> str:
    token = text.strip()
    if not token or not token.isascii() or not token.isprintable():
        raise argparse.ArgumentTypeError("expected the token that the server showed")
    return token


def _batch(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = 0
    if not 1 <= count <= MAX_JOBS_PER_CLAIM:
        wanted = f"expected 1 to {MAX_JOBS_PER_CLAIM}, got {text!r}"
        raise argparse.ArgumentTypeError(wanted)
    return count


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"expected 0 to 86400 seconds, got {text!r}")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
