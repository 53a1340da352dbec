"""One attempt at a job: its fence, what it reports, and its heartbeat."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import (
    DatabaseError,
    IntegrityError,
    close_old_connections,
    connections,
    transaction,
)
from django.db.models import QuerySet
from django.db.models.functions import Now

from annotation.models import Job
from corpus.plain_text import storable

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
BEAT_SECONDS = 20
NOTE_SECONDS = 2
LONGEST_REASON = 20_000


class Fenced(Exception):
    """Another attempt has taken this job over."""


@dataclass(slots=True)
class Run:
    """One attempt at a job. Handlers report through it and end with `finish`."""

    job: Job
    attempt: int
    report: Callable[[str, int, int | None], None] | None = field(default=None)
    noted: tuple[str, int, int | None] | None = field(default=None)
    undisturbed: threading.Lock = field(default_factory=threading.Lock)
    """Whoever holds it keeps the heartbeat away from the job's row."""

    def progress(self, step: str, done: int = 0, total: int | None = None) -> None:
        """Say how far the work is. Inside a transaction nobody sees it until later."""
        self._update(
            step=storable(step, 120), done=done, total=total, heartbeat_at=Now()
        )
        if self.report:
            self.report(step, done, total)

    def note(self, step: str, done: int = 0, total: int | None = None) -> None:
        """Progress from inside a transaction: the heartbeat's connection writes it."""
        self.noted = (storable(step, 120), done, total)
        if self.report:
            self.report(step, done, total)

    def remember(self, **arguments: Any) -> None:
        """Keep something for the attempt that may come after this one."""
        merged = self.job.arguments | arguments
        self._update(arguments=merged)
        self.job.arguments = merged

    def finish(self, **result: Any) -> None:
        """Mark the job done, in the very transaction that holds its effect."""
        self._update(
            state=Job.State.DONE,
            result=result,
            error="",
            finished_at=Now(),
            heartbeat_at=Now(),
        )

    def fail(self, reason: str) -> None:
        self._update(
            state=Job.State.FAILED,
            error=storable(reason, LONGEST_REASON),
            finished_at=Now(),
        )

    def again(self, reason: str) -> None:
        """Put the job back for another attempt, or end it after the last one."""
        if self.job.tries >= MAX_ATTEMPTS:
            self.fail(f"Tried {self.job.tries} times. The last time: {reason}")
            return
        error = storable(reason, LONGEST_REASON)
        try:
            with transaction.atomic():
                self._update(state=Job.State.QUEUED, error=error, sent_at=None)
        except IntegrityError:
            self.fail(f"{error} Another {self.job.get_kind_display()} waits already.")

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(
            pk=self.job.pk, attempt=self.attempt, state=Job.State.RUNNING
        )
        if not mine.update(**values):
            raise Fenced(f"{self.job} was taken over")


@contextmanager
def beating(attempt: Run) -> Iterator[None]:
    """Keep the heartbeat going from a thread, however long a single step takes."""
    ended = threading.Event()
    mine = Job.objects.filter(
        pk=attempt.job.pk, attempt=attempt.attempt, state=Job.State.RUNNING
    )

    def keep_on() -> None:
        since = 0
        try:
            while not ended.wait(NOTE_SECONDS):
                since += NOTE_SECONDS
                if attempt.noted or since >= BEAT_SECONDS:
                    beat(mine, attempt)
                    since = 0
        finally:
            connections.close_all()

    thread = threading.Thread(target=keep_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def beat(mine: QuerySet[Job], attempt: Run) -> None:
    """One heartbeat. A database that is away for a moment must not end the others."""
    said: dict[str, Any] = {}
    if attempt.noted:
        said = dict(zip(("step", "done", "total"), attempt.noted, strict=True))
        attempt.noted = None
    try:
        with attempt.undisturbed:
            mine.update(heartbeat_at=Now(), **said)
    except DatabaseError as error:
        log.warning("a heartbeat was missed: %s", error)
        close_old_connections()
