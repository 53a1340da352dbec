"""Two at once, in threads and connections of their own. Needs real transactions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection, connections

#: Seconds; only a fault takes so long.
PATIENCE = 20.0

Who = TypeVar("Who")
Got = TypeVar("Got")


def race(people: Sequence[Who], attempt: Callable[[Who], Got]) -> list[Got]:
    """Every person tries at once."""
    barrier = threading.Barrier(len(people))

    def run(person: Who) -> Got:
        try:
            barrier.wait()
            return attempt(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, people))


def overlapping(
    first: Callable[[Callable[..., None]], Got], second: Callable[[], Got]
) -> tuple[Got, Got]:
    """What both return; `second` begins when `first` has written and not committed.

    `first` is given a function to call at that moment. It comes back when the second
    waits for the first one's rows, or has ended without.
    """
    has_written = threading.Event()

    def beside() -> Got:
        try:
            has_written.wait()
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        other = pool.submit(beside)

        def pause(*_: Any) -> None:
            has_written.set()
            end = time.monotonic() + PATIENCE
            while not (other.done() or _somebody_waits()):
                assert time.monotonic() < end, "the second neither waits nor ends"
                time.sleep(0.005)

        def one() -> Got:
            try:
                return first(pause)
            finally:
                has_written.set()
                connections.close_all()

        return pool.submit(one).result(), other.result()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction Postgres would tell the same again and again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])
