"""Programs of ours that run apart, on what strangers wrote.

A child may run out of memory, crash or stall, and costs its parent an answer. It is
started with no more than the way to its code, speaks through two pipes, and ends when
they do. A few stay for the next piece of work, since starting one takes a while.
"""

from __future__ import annotations

import os
import resource
import signal
import struct
import subprocess
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
#: All that a child needs to know of its surroundings: no address, no secret.
INHERITED: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
READY: Final = b"ready\n"
LENGTH: Final = struct.Struct(">Q")


class Child:
    """`python -m program arguments...`, and the pipes to it."""

    def __init__(self, program: str, *arguments: int) -> None:
        """Raises OSError if it does not start; no work can be to blame for that."""
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-Wignore", "-m", program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=kept | {"PYTHONPATH": str(ROOT)},
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests, self._answers = self._process.stdin, self._process.stdout
        if self._answers.read(len(READY)) != READY:
            self.end()
            raise OSError(f"the program {program} cannot be started")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def signal(self) -> int:
        """Of one that has ended: what ended it, as a number; 0 if it went by itself."""
        return max(0, -(self._process.returncode or 0))

    def say(self, *parts: bytes) -> None:
        """Raises OSError if it is gone."""
        for part in parts:
            self._requests.write(part)
        self._requests.flush()

    def part(self, most: int) -> bytes:
        """The next part of its answer, which follows its own length.

        Raises EOFError if there is none, or none of `most` bytes at most.
        """
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        # What broke a decoder may speak in its place, and promise to answer for ever.
        if length > most:
            raise EOFError
        return self._exactly(length)

    def _exactly(self, length: int) -> bytes:
        part = self._answers.read(length)
        if len(part) < length:
            raise EOFError
        return part

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Kill it, see it off, and close the pipes."""
        self._process.kill()
        self._process.wait()
        self._close()

    def disown(self) -> None:
        """Let go of one that belongs to the process this was forked from."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # half a request may still lie in it
                pipe.close()


class Waiting:
    """Children of one program that wait for work. Threads may share them.

    A fork must `forget` them: pipes that two processes read mix up answers.
    """

    def __init__(self, program: str, *arguments: int) -> None:
        self._program, self._arguments = program, arguments
        self._idle: deque[Child] = deque()

    @property
    def pids(self) -> list[int]:
        return [child.pid for child in self._idle]

    def take(self) -> Child:
        """One that waits, or a new one. One that died while it waited is passed over."""
        with suppress(IndexError):
            while True:
                child = self._idle.pop()
                if child.is_alive:
                    return child
                child.end()
        return self.fresh()

    def fresh(self) -> Child:
        """A new one: those that wait may be dying at this moment."""
        return Child(self._program, *self._arguments)

    def give_back(self, child: Child) -> None:
        """It has answered in full and may be asked again."""
        self._idle.append(child)

    def forget(self) -> None:
        """Begin with none, as if those that are there were somebody else's."""
        while self._idle:
            self._idle.pop().disown()

    def close(self) -> None:
        """End those that wait."""
        while self._idle:
            self._idle.pop().end()


def answer(*parts: bytes) -> None:
    """Said by a child: the parts of an answer, or some of them."""
    out = sys.stdout.buffer
    for part in parts:
        out.write(LENGTH.pack(len(part)))
        out.write(part)
    out.flush()


def begin(memory: int) -> None:
    """Said by a child at its start: from here on it takes so many bytes at most."""
    # Ctrl-C is for the one that started this, and so is what becomes of the answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # macOS holds no process to so little
        # What is there already is mostly set aside and never used.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()


def limit(which: int, value: int) -> None:
    """At most so much; a limit that is lower already stays."""
    _, hard = resource.getrlimit(which)
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (soft, hard))
