"""Many at once, never many of one host, in the order they came."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest

from annotation.fetching.queueing import MOST_PER_HOST, THREADS, Queue, host_of


class Watch:
    """Work that counts who is at it together."""

    def __init__(self, seconds: float = 0.02) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.busy: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_together = 0
        self.order: list[str] = []

    def __call__(self, address: str) -> str:
        host = host_of(address)
        with self.lock:
            self.order.append(address)
            self.busy[host] += 1
            self.most[host] = max(self.most[host], self.busy[host])
            self.most_together = max(self.most_together, self.busy.total())
        time.sleep(self.seconds)
        with self.lock:
            self.busy[host] -= 1
        return address.upper()


def drained(queue: Queue[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    while not queue.is_idle:
        found |= dict(queue.finished())
    return found


def test_every_address_is_worked_on_once():
    addresses = [f"http://h{n % 7}.test/{n}" for n in range(60)]
    watch = Watch(0)
    with Queue(watch) as queue:
        queue.add(addresses)
        assert drained(queue) == {a: a.upper() for a in addresses}
    assert sorted(watch.order) == sorted(addresses)


def test_no_host_has_more_than_two_visitors_and_no_thread_waits_for_it():
    addresses = [f"http://busy.test/{n}" for n in range(20)]
    addresses += [f"http://h{n}.test/" for n in range(20)]
    watch = Watch()
    with Queue(watch) as queue:
        queue.add(addresses)
        drained(queue)
    assert set(watch.most.values()) <= {1, MOST_PER_HOST}
    assert watch.most["busy.test"] == MOST_PER_HOST
    assert watch.most_together == THREADS


def test_addresses_of_one_host_keep_their_order():
    addresses = [f"http://one.test/{n}" for n in range(10)]
    watch = Watch(0)
    with Queue(watch) as queue:
        queue.add(addresses)
        drained(queue)
    late = [watch.order.index(a) - n for n, a in enumerate(addresses)]
    assert max(map(abs, late)) <= 1


def test_what_goes_wrong_in_a_thread_is_raised_where_it_is_waited_for():
    def fail(address: str) -> str:
        raise OSError(28, "No space left on device")

    with Queue(fail) as queue:
        queue.add(["http://one.test/"])
        with pytest.raises(OSError, match="No space"):
            drained(queue)


@pytest.mark.parametrize(
    ("address", "host"),
    [("http://A.test:80/x", "a.test"), ("nonsense", ""), ("http://a:b/", "")],
)
def test_addresses_without_a_host_share_one(address, host):
    assert host_of(address) == host
