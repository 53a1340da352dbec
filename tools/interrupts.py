"""Ctrl-C and SIGTERM as one exception that never lands in the middle of a start."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(BaseException):
    """Somebody asked the run to end. Not an Exception, so nothing swallows it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


class _State:
    depth = 0
    pending: int | None = None


def _on_signal(number: int, _frame: FrameType | None) -> None:
    if _State.depth:
        _State.pending = number
    else:
        raise Interrupted(number)


def install() -> None:
    """Raise `Interrupted` on SIGINT, SIGTERM and, unless under nohup, SIGHUP.

    SIGINT too, since a shell starts background jobs with SIGINT ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _on_signal)


@contextmanager
def postponed() -> Iterator[None]:
    """Hold signals back until the block ends, so that no child goes unrecorded."""
    _State.depth += 1
    try:
        yield
    finally:
        _State.depth -= 1
    if not _State.depth and _State.pending is not None:
        number, _State.pending = _State.pending, None
        raise Interrupted(number)


@contextmanager
def ignored() -> Iterator[None]:
    """Drop signals while the block runs: used while everything is being stopped."""
    _State.depth += 1
    try:
        yield
    finally:
        _State.depth -= 1
        _State.pending = None
