"""An empty database of the benchmark's own, a worker, and how much memory a run took."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import django


def prepare() -> Path:
    """Set Django up on a migrated database; returns an empty folder for files."""
    folder = Path(tempfile.mkdtemp(prefix="concord-bench-"))
    os.environ["CONCORD_DATA"] = str(folder)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return folder


@contextmanager
def unchecked(cursor: Any) -> Iterator[None]:
    """Foreign keys are not looked up, where the account may say so: twice as quick."""
    cursor.execute("SHOW is_superuser")
    if cursor.fetchall() == [("on",)]:
        cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("RESET session_replication_role")


@contextmanager
def worker() -> Iterator[None]:
    """A Celery worker beside this process, of one process itself, for the block."""
    from config import celery_app

    program = [sys.executable, "-m", "celery", "-A", "config", "worker"]
    alone = ["--pool", "solo", "--without-gossip", "--without-mingle", "-l", "ERROR"]
    process = subprocess.Popen([*program, *alone], stdout=subprocess.DEVNULL)
    try:
        while not celery_app.control.ping(timeout=1):
            if process.poll() is not None:
                raise SystemExit("The Celery worker did not start.")
            sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait()


def peak_mebibytes() -> float:
    """The most memory that this process ever held, or one that it started and ended.

    Never sinks, so ask for it late.
    """
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


class Clock:
    """`with Clock() as clock: ...`, then `clock.seconds`."""

    seconds = 0.0

    def __enter__(self) -> Clock:
        self._began = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._began
