"""An empty database of the benchmark's own, and how much memory a run took."""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path
from time import perf_counter

import django


def prepare() -> Path:
    """Set Django up on a migrated database; returns an empty folder for files."""
    folder = Path(tempfile.mkdtemp(prefix="concord-bench-"))
    os.environ["CONCORD_DATA"] = str(folder)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return folder


def peak_mebibytes() -> float:
    """The most memory this process ever held. Never sinks, so ask for it late."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """`with Clock() as clock: ...`, then `clock.seconds`."""

    seconds = 0.0

    def __enter__(self) -> Clock:
        self._began = perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = perf_counter() - self._began
