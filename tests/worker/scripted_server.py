"""A small server that speaks the protocol over a real socket, with faults on order."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from worker.protocol import ClaimRequest, Failure, HeartbeatRequest, Result

TOKEN = "secret-token"


@dataclass
class Call:
    method: str
    path: str
    body: Any
    authorization: str | None


Fault = Callable[["_Handler"], bool]


def answer(status: int, body: Any = None, **headers: str) -> Fault:
    """Answer this and do no work."""

    def fault(handler: _Handler) -> bool:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.send(status, body if body is not None else {"detail": "fault"}, named)
        return True

    return fault


def cut(handler: _Handler) -> bool:
    """Close the connection without a byte."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)
    return True


def slow(seconds: float) -> Fault:
    """Wait, then work as usual."""

    def fault(handler: _Handler) -> bool:
        time.sleep(seconds)
        return False

    return fault


def answer_after_work(reply: Fault) -> Fault:
    """Do the work, but let the client see something else."""

    def fault(handler: _Handler) -> bool:
        handler.work(handler.call)
        return reply(handler)

    return fault


@dataclass
class ScriptedServer:
    """Hands out `waiting` jobs in order and keeps everything it was told."""

    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    images: dict[str, bytes] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    failures: list[tuple[int, Failure]] = field(default_factory=list)
    beats: list[HeartbeatRequest] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)
    claims: list[ClaimRequest] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)
    url: str = ""

    def fault(self, method: str, end: str, *faults: Fault) -> None:
        """The next calls of this method whose path ends so meet these faults."""
        self.faults += [(method, end, one) for one in faults]

    def take_fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            for n, (wanted, end, fault) in enumerate(self.faults):
                if wanted == method and path.endswith(end):
                    del self.faults[n]
                    return fault
        return None

    def called(self, method: str, end: str) -> list[Call]:
        return [c for c in self.calls if c.method == method and c.path.endswith(end)]

    def wait_for(self, method: str, end: str, seconds: float = 10) -> None:
        """Until such a call has arrived."""
        until = time.monotonic() + seconds
        while not self.called(method, end):
            assert time.monotonic() < until, f"no {method} {end} in {seconds} s"
            time.sleep(0.01)

    def start(self) -> ThreadingHTTPServer:
        http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        http.daemon_threads = True
        http.scripted = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{http.server_address[1]}"
        beat = {"poll_interval": 0.02}
        threading.Thread(target=http.serve_forever, kwargs=beat, daemon=True).start()
        return http


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    call: Call

    @property
    def scripted(self) -> ScriptedServer:
        return self.server.scripted  # type: ignore[attr-defined, no-any-return]

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        token = self.headers.get("Authorization")
        self.call = Call(self.command, self.path, body, token)
        with self.scripted.lock:
            self.scripted.calls.append(self.call)
        fault = self.scripted.take_fault(self.command, self.path)
        if fault is not None and fault(self):
            return
        if token != f"Bearer {TOKEN}":
            self.send(401, {"detail": "unknown token"})
            return
        self.send(200, self.work(self.call))

    do_GET = do_POST = do_PUT = _any  # noqa: N815

    def work(self, call: Call) -> Any:
        server, parts = self.scripted, call.path.strip("/").split("/")
        with server.lock:
            match parts[2:]:
                case ["worker", "claim"]:
                    return _claim(server, ClaimRequest.from_json(call.body))
                case ["worker", "heartbeat"]:
                    return _beat(server, HeartbeatRequest.from_json(call.body))
                case ["worker", "jobs", job_id, "result"]:
                    return _result(server, int(job_id), Result.from_json(call.body))
                case ["worker", "jobs", job_id, "fail"]:
                    failure = Failure.from_json(call.body)
                    server.failures.append((int(job_id), failure))
                    return {"state": "ready"}
                case ["images", sha256]:
                    return server.images[sha256]
        raise AssertionError(f"no such path: {call.path}")

    def send(
        self, status: int, body: Any, headers: dict[str, str] | None = None
    ) -> None:
        encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)


def _claim(server: ScriptedServer, request: ClaimRequest) -> Any:
    server.claims.append(request)
    count = min(request.limit, len(server.waiting))
    return {"jobs": [server.waiting.popleft() for _ in range(count)]}


def _beat(server: ScriptedServer, request: HeartbeatRequest) -> Any:
    server.beats.append(request)
    ids = [job_id for job_id, _ in request.jobs]
    lost = [job_id for job_id in ids if job_id in server.lost]
    return {"kept": [i for i in ids if i not in server.lost], "lost": lost}


def _result(server: ScriptedServer, job_id: int, result: Result) -> Any:
    known = server.results.get(job_id)
    if known and known.idempotency_key == result.idempotency_key:
        return {"state": "duplicate"}
    server.results[job_id] = result
    return {"state": "accepted"}
