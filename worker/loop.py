"""The worker's day: claim, work, report, until told to stop or nothing is left."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.plain_text import counted
from worker.client import Client
from worker.engines import Engine
from worker.errors import ServerAwayError, ServerError
from worker.heartbeat import Heartbeat
from worker.protocol import ClaimRequest, GenerationJob
from worker.working import Outcome, give_up, work

Say = Callable[[str], None]


def say(line: str) -> None:
    """Print one line of progress at once, also into a pipe."""
    print(line, file=sys.stdout, flush=True)


@dataclass
class Loop:
    """Claims batches and works them off.

    `once` ends the loop after `wait_seconds` without a job, or raises
    ServerAwayError when the server stays away; otherwise both mean: ask again.
    """

    client: Client
    engine: Engine
    name: str
    batch: int
    once: bool
    wait_seconds: float
    stopping: threading.Event
    poll_seconds: float = 2.0
    say: Say = say
    counted: Counter[Outcome] = field(default_factory=Counter)
    batches: int = 0

    def run(self) -> None:
        """Returns when stopped, or with `once` when nothing is left."""
        idle_since = time.monotonic()
        while not self.stopping.is_set():
            if jobs := self._claim():
                self._work_off(jobs)
                idle_since = time.monotonic()
                continue
            left = self.wait_seconds - (time.monotonic() - idle_since)
            if self.once and left <= 0:
                break
            seconds = min(self.poll_seconds, left) if self.once else self.poll_seconds
            self.stopping.wait(seconds)
        self.say(self._summary())

    def _claim(self) -> tuple[GenerationJob, ...]:
        engine = self.engine
        request = ClaimRequest(
            self.name,
            engine.name,
            engine.version,
            self.batch,
            tasks=engine.tasks,
            judges=engine.judges,
        )
        try:
            return self.client.claim(request).jobs
        except ServerAwayError as error:
            if self.once and not self.stopping.is_set():
                raise
            self.say(f"{error} Asking again.")
            return ()

    def _work_off(self, jobs: tuple[GenerationJob, ...]) -> None:
        started = time.monotonic()
        made: Counter[Outcome] = Counter()
        with Heartbeat(self.client, jobs) as heartbeat:
            for job in jobs:
                outcome = self._one(job, heartbeat)
                made[outcome] += 1
                heartbeat.done(job)
        self.batches += 1
        self.counted += made
        seconds = time.monotonic() - started
        counts = _counts(made)
        done = counted(len(jobs), "job", "jobs")
        self.say(f"batch {self.batches}: {done} in {seconds:.1f} s, {counts}")

    def _one(self, job: GenerationJob, heartbeat: Heartbeat) -> Outcome:
        outcome: Outcome
        try:
            if heartbeat.has_lost(job):
                outcome, reason = "lost", "the server gave it to somebody else"
            elif self.stopping.is_set():
                outcome, reason = self._release(job)
            else:
                outcome, reason = self._work(job)
        except ServerAwayError as error:
            # Its lease ends by itself, and the job is given out again.
            outcome, reason = "lost", str(error)
        if outcome in ("failed", "lost"):
            where = f"{job.dataset}/{job.item_key}/{job.language}"
            self.say(f"job {job.id} ({where}) {outcome}: {reason}")
        return outcome

    def _release(self, job: GenerationJob) -> tuple[Outcome, str]:
        return give_up(job, self.client, "released", "the worker is stopping")

    def _work(self, job: GenerationJob) -> tuple[Outcome, str]:
        try:
            return work(job=job, client=self.client, engine=self.engine)
        except ServerError:
            raise
        except Exception as error:
            # One job that an engine stumbles over must not end all the others.
            message = f"{type(error).__name__}: {error}"
            return give_up(job, self.client, "bad_output", message)

    def _summary(self) -> str:
        word = "stopped" if self.stopping.is_set() else "nothing left"
        jobs = counted(sum(self.counted.values()), "job", "jobs")
        return f"{word}: {jobs}, {_counts(self.counted)}"


def _counts(made: Counter[Outcome]) -> str:
    words: tuple[Outcome, ...] = ("accepted", "failed", "lost", "released")
    return ", ".join(f"{made[word]} {word}" for word in words if made[word]) or "none"
