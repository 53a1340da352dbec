"""What the person at the terminal reads: progress on stderr, one sentence on failure."""

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class Stop(Exception):
    """Ends the run with a sentence that says what is wrong and what to do."""


def say(text: str = "") -> None:
    """Print one line of progress. On stderr: `./run manage dumpdata > file` stays clean."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    """Print `label` before a slow step and its seconds after it."""
    began = time.monotonic()
    print(f"  {label} ... ", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - began:.1f} s")


def explain(error: OSError) -> str:
    """One sentence for an operating system error that nobody expected."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return f"The disk is full{where}. Free some space and run this again."
    if error.errno in CLOSED:
        return f"Concord may not read or write here{where}: {error.strerror}."
    return f"The system refused{where}: {error.strerror or error}."


def tail(log: Path, *, lines: int = 20) -> str:
    """The last `lines` of a log file, indented; says so when there is nothing."""
    text = log.read_text(errors="replace") if log.exists() else ""
    kept = text.strip().splitlines()[-lines:] or ["(nothing was written)"]
    return "\n".join(f"    {line}" for line in kept)
