"""An object store on a real socket, as small as it gets."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Objects(BaseHTTPRequestHandler):
    """As much of the protocol as putting and getting takes."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        assert "aws-chunked" not in self.headers.get("Content-Encoding", "")
        self.server.objects[self.path] = self.rfile.read(length)
        self._answer(200, b"", 0)

    def do_HEAD(self) -> None:
        self._give(with_body=False)

    def do_GET(self) -> None:
        self._give(with_body=True)

    def _give(self, *, with_body: bool) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        found = self.server.objects.get(self.path)
        if found is None:
            self._answer(404, b"", 0)
        else:
            self._answer(200, found if with_body else b"", len(found))

    def _answer(self, status: int, body: bytes, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.send_header("ETag", f'"{hashlib.md5(body).hexdigest()}"')
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Store(ThreadingHTTPServer):
    """`objects` by path, and what was `asked` for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Objects)
        self.objects: dict[str, bytes] = {}
        self.asked: list[str] = []


@contextmanager
def store() -> Iterator[Store]:
    with Store() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
