"""Keeps the leases of a batch alive while it is worked on."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from worker.client import Client
from worker.errors import ServerError
from worker.protocol import GenerationJob, HeartbeatRequest

#: A lease outlives two heartbeats that were lost on the way.
BEATS_PER_LEASE = 3


class Heartbeat:
    """A thread that extends the leases of the jobs not yet done.

    Jobs that the server says are no longer ours are in `lost`, and need no work.
    """

    def __init__(self, client: Client, jobs: Iterable[GenerationJob]) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._open = {job.id: job for job in jobs}
        self._lost: set[int] = set()
        shortest = min((job.lease_seconds for job in self._open.values()), default=60)
        self._seconds = max(0.2, shortest / BEATS_PER_LEASE)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def done(self, job: GenerationJob) -> None:
        """No longer in flight: extend its lease no more."""
        with self._lock:
            self._open.pop(job.id, None)

    def has_lost(self, job: GenerationJob) -> bool:
        with self._lock:
            return job.id in self._lost

    def _run(self) -> None:
        while not self._ended.wait(self._seconds):
            with self._lock:
                pairs = tuple((job.id, job.fence) for job in self._open.values())
            if not pairs:
                continue
            try:
                reply = self._client.heartbeat(HeartbeatRequest(pairs))
            except ServerError:
                # The loop meets the same trouble with its next call and decides.
                continue
            with self._lock:
                self._lost.update(reply.lost)
                for lost in reply.lost:
                    self._open.pop(lost, None)
