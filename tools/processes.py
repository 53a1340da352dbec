"""Children: started so that they die with us, watched, and stopped in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any, Self

from tools.accounts import Account
from tools.interrupts import Interrupted, ignored, postponed
from tools.messages import Stop, tail

Words = Sequence[str] | Sequence[Path] | Sequence[str | Path]
PR_SET_PDEATHSIG = 1
LOG_LIMIT_BYTES = 5_000_000
PAUSE_SECONDS = 0.05

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    """One running program, in a process group of its own."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals


def _die_with_parent(parent: int, number: int) -> Callable[[], None]:
    """What the child does between fork and exec: ask for `number` when `parent` dies."""

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return ask


@contextmanager
def _writing(log: Path) -> Iterator[FileIO]:
    """The log, opened for a child, with a line that says when it started."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab", buffering=0) as file:
        file.write(time.strftime("--- started %Y-%m-%d %H:%M:%S\n").encode())
        yield file


def dropped(account: Account | None) -> dict[str, Any]:
    """The arguments with which `subprocess` starts a program as somebody else."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


class Crew:
    """The children of this run. Leaving the block stops them, the youngest first."""

    def __init__(self) -> None:
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with ignored():
            while self._children:
                self.stop(self._children[-1])

    def start(
        self,
        name: str,
        command: Words,
        *,
        env: Mapping[str, str],
        log: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        account: Account | None = None,
        cwd: Path = Path("/"),
    ) -> Child:
        """Start a program that writes to `log` and ends when this process does."""
        with _writing(log) as output, postponed():
            try:
                process = subprocess.Popen(
                    [str(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=dict(env),
                    cwd=cwd,
                    # Ctrl-C reaches this process alone, which passes it on in order.
                    start_new_session=True,
                    preexec_fn=_die_with_parent(os.getpid(), stop_signal),
                    **dropped(account),
                )
            except subprocess.SubprocessError as error:
                raise Stop(f"{name} could not be started: {error}") from error
            child = Child(name, process, log, stop_signal)
            self._children.append(child)
        return child

    def stop(self, child: Child, *, patience_seconds: float = 8) -> None:
        """End a child and whatever it left behind in its group."""
        self._children.remove(child)
        if child.process.poll() is None:
            child.process.send_signal(child.stop_signal)
        try:
            child.process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        try:
            os.killpg(child.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def check(self) -> None:
        """Stop the run if a child has died, with the end of its log."""
        for child in self._children:
            code = child.process.poll()
            if code is not None:
                raise Stop(
                    f"{child.name} ended by itself ({_ending(code)})."
                    f" The end of {child.log}:\n{tail(child.log)}"
                )

    def wait_until(
        self, met: Callable[[], bool], *, seconds: float, otherwise: str
    ) -> None:
        """Wait for a condition while every child lives; `otherwise` says what failed."""
        deadline = time.monotonic() + seconds
        while not met():
            self.check()
            if time.monotonic() > deadline:
                raise Stop(otherwise)
            time.sleep(PAUSE_SECONDS)

    def watch(self) -> None:
        """Return never: only a dead child or a signal ends the run."""
        while True:
            self.check()
            time.sleep(0.2)

    def run(
        self,
        name: str,
        command: Words,
        *,
        env: Mapping[str, str],
        log: Path,
    ) -> None:
        """Run a program to its end while every other child lives; stop if it fails."""
        child = self.start(name, command, env=env, log=log)
        while (code := child.process.poll()) is None:
            self.check()
            time.sleep(PAUSE_SECONDS)
        self.stop(child)
        if code:
            raise Stop(
                f"{name} failed ({_ending(code)}). The end of {log}:\n{tail(log)}"
            )


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def in_foreground(
    command: Words, *, env: Mapping[str, str], cwd: Path | None = None
) -> int:
    """Run a program that owns the terminal; return its exit code.

    The terminal gives Ctrl-C to it and to us alike, so we only wait for it; any other
    signal came to us alone and is passed on.
    """
    with postponed():
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(env),
            cwd=cwd,
            preexec_fn=_die_with_parent(os.getpid(), signal.SIGTERM),
        )
    while True:
        try:
            code = process.wait()
        except Interrupted as interrupted:
            if interrupted.number != signal.SIGINT or not sys.stdin.isatty():
                process.send_signal(interrupted.number)
        else:
            return code if code >= 0 else 128 - code
