"""A host of pictures on the loopback address, which can misbehave in every way."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from annotation.fetching.guarding import Allowed

Play = Callable[[socket.socket], None]


def answer(
    body: bytes = b"",
    status: str = "200 OK",
    length: int | None = None,
    **headers: str,
) -> Play:
    """One whole answer. `length` is what it says of itself; -1 to say nothing."""
    said = {} if length == -1 else {"Content-Length": str(length or len(body))}
    named = {name.replace("_", "-"): value for name, value in headers.items()} | said
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    start = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode()

    def play(there: socket.socket) -> None:
        there.sendall(start + body)

    return play


def redirect(target: str, status: str = "302 Found") -> Play:
    return answer(b"quokka", status, Location=target)


def drip(start: bytes, seconds: float) -> Play:
    """The start at once, then a byte now and then, for ever."""

    def play(there: socket.socket) -> None:
        there.sendall(start)
        while True:
            there.sendall(b"a")
            time.sleep(seconds)

    return play


def endless(start: bytes) -> Play:
    """As much as the other side will take."""

    def play(there: socket.socket) -> None:
        there.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + start)
        while True:
            there.sendall(bytes(65_536))

    return play


def silence(there: socket.socket) -> None:
    time.sleep(30)


def hang_up(there: socket.socket) -> None:
    there.shutdown(socket.SHUT_RDWR)


def nonsense(there: socket.socket) -> None:
    there.sendall(b"quokka quokka quokka\r\n\r\n")


@dataclass
class Host:
    """Plays `plays[path]` to whoever asks for that path, and remembers who asked."""

    plays: dict[str, Play] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def allowed(self) -> Allowed:
        return frozenset({("127.0.0.1", self.port)})

    def url(self, path: str, host: str = "pictures.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Every name is this machine."""
        return ["127.0.0.1"]

    def meet(self, there: socket.socket) -> None:
        with self.lock:
            self.connections += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = self._head(there)
            path = head.split(" ")[1] if head else ""
            with self.lock:
                self.asked.append(path)
                self.heads.append(head)
            self.plays.get(path, answer(b"quokka", "404 Not Found"))(there)
        except OSError:
            pass  # the other side had enough
        finally:
            with self.lock:
                self.at_once -= 1
            there.close()

    def _head(self, there: socket.socket) -> str:
        got = b""
        while b"\r\n\r\n" not in got:
            more = there.recv(4096)
            if not more:
                break
            got += more
        return got.decode("latin-1")


@contextlib.contextmanager
def serving() -> Iterator[Host]:
    host = Host()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host.port = listening.getsockname()[1]
        listening.settimeout(0.05)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                with contextlib.suppress(TimeoutError):
                    there, _ = listening.accept()
                    there.settimeout(None)
                    threading.Thread(
                        target=host.meet, args=(there,), daemon=True
                    ).start()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            ended.set()
            thread.join()
