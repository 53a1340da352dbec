"""Several addresses at once, but never many of one host."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

import httpx

THREADS = 8
MOST_PER_HOST = 2

T = TypeVar("T")


def host_of(address: str) -> str:
    """The host as far as it can be told: addresses that make no sense share one."""
    try:
        return httpx.URL(address).host
    except (httpx.InvalidURL, ValueError):
        return ""


class Queue(Generic[T]):
    """Calls `work(address)` in threads, in order, as far as politeness allows.

    `with Queue(work) as queue`; at its end it waits for what runs, and the addresses
    that have not been begun are left in `waiting`.
    """

    def __init__(self, work: Callable[[str], T]) -> None:
        self.waiting: deque[str] = deque()
        self._work = work
        self._running: dict[Future[T], str] = {}
        self._busy: Counter[str] = Counter()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def is_idle(self) -> bool:
        return not self.waiting and not self.is_running

    @property
    def is_running(self) -> bool:
        return bool(self._running)

    def add(self, addresses: Iterable[str]) -> None:
        self.waiting.extend(addresses)

    def finished(self) -> Iterator[tuple[str, T]]:
        """Start what may start, wait until something has ended, and give that."""
        self._start()
        ended, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in ended:
            address = self._running.pop(future)
            self._busy[host_of(address)] -= 1
            yield address, future.result()

    def _start(self) -> None:
        later: deque[str] = deque()
        while self.waiting and len(self._running) < THREADS:
            address = self.waiting.popleft()
            host = host_of(address)
            if self._busy[host] >= MOST_PER_HOST:
                later.append(address)
                continue
            self._busy[host] += 1
            self._running[self._pool.submit(self._work, address)] = address
        self.waiting.extendleft(reversed(later))
