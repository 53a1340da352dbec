"""Pictures decoded by processes apart, which they may break as they like."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.children import Child, Waiting
from corpus.pictures.child import DRAW, LOOK, REQUEST, Answer
from corpus.pictures.copies import Copies
from corpus.pictures.decoding import PictureError

PROGRAM = "corpus.pictures.child"
MAX_PART = 64 * 2**20
TOO_LONG = "the picture takes too long to decode"
BREAKS = "the picture breaks the decoder"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one process in bytes, of one picture in seconds of work and of waiting."""

    memory: int = 2**30
    cpu_seconds: int = 10
    wall_seconds: float = 60.0


class _Died(Exception):
    """The process ended before it answered; `is_late` if its time was over."""

    def __init__(self, *, is_late: bool) -> None:
        super().__init__()
        self.is_late = is_late


class Apart:
    """Up to `most` processes at once, kept from one picture to the next.

    Threads may share it; a fork must `forget`.
    """

    def __init__(
        self, most: int, limits: Limits | None = None, program: str = PROGRAM
    ) -> None:
        self._limits = limits or Limits()
        self._most = most
        self._room = threading.BoundedSemaphore(most)
        self._waiting = Waiting(program, self._limits.memory, self._limits.cpu_seconds)

    @property
    def pids(self) -> list[int]:
        """Of the processes that wait for work."""
        return self._waiting.pids

    def forget(self) -> None:
        """Begin anew in a process that was forked from the one that began this."""
        self._room = threading.BoundedSemaphore(self._most)
        self._waiting.forget()

    def close(self) -> None:
        """End the processes that wait for work."""
        self._waiting.close()

    def make(self, original: bytes) -> Copies:
        """The display copy and the thumbnail. Raises PictureError with the reason.

        Raises OSError if no process can be started, for which no picture is to blame.
        """
        facts, display, small = self._ask(DRAW, original)
        return Copies(
            media_type=str(facts["media_type"]),
            width=int(facts["width"]),
            height=int(facts["height"]),
            display=display,
            small=small,
        )

    def look(self, original: bytes) -> None:
        """Decode and forget. Raises as `make` does."""
        self._ask(LOOK, original)

    def _ask(self, work: bytes, original: bytes) -> Answer:
        with self._room:
            answer = self._tried(work, original)
        if refused := answer[0].get("refused"):
            raise PictureError(str(refused))
        return answer

    def _tried(self, work: bytes, original: bytes) -> Answer:
        # Others may kill a process too, and then the picture is as good as any.
        for find in (self._waiting.take, self._waiting.fresh):
            try:
                return self._answer(find(), work, original)
            except _Died as death:
                if death.is_late:
                    raise PictureError(TOO_LONG) from None
        raise PictureError(BREAKS)

    def _answer(self, child: Child, work: bytes, original: bytes) -> Answer:
        """Raises _Died, and leaves no process, if there is none in time."""
        late = threading.Event()
        try:
            with _clock(child, self._limits.wall_seconds, late):
                child.say(REQUEST.pack(work, len(original)), original)
                facts, display, small = (child.part(MAX_PART) for _ in range(3))
                answer = json.loads(facts), display, small
        except (OSError, EOFError, ValueError):
            child.end()
            is_spent = child.signal == signal.SIGXCPU
            raise _Died(is_late=late.is_set() or is_spent) from None
        except BaseException:
            child.end()
            raise
        self._waiting.give_back(child)
        return answer


@contextmanager
def _clock(child: Child, seconds: float, late: threading.Event) -> Iterator[None]:
    """Kill the child when the time is over, and say so."""

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(seconds, stop)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        clock.join()
