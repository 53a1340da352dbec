from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from worker.errors import ServerAwayError
from worker.retrying import LONGEST_RETRY_AFTER_SECONDS, Patience, _retry_after

QUICK = Patience(tries=3, first_seconds=0.001, longest_seconds=0.002)


class Answers:
    """Gives these answers in order, and counts how often it was asked."""

    def __init__(self, *answers: int | Exception) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self) -> httpx.Response:
        self.asked += 1
        found = self._answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return httpx.Response(found)


@pytest.mark.parametrize("trouble", [500, 502, 503, 429, httpx.ConnectError("no")])
def test_passing_trouble_is_asked_again(trouble: int | Exception) -> None:
    answers = Answers(trouble, trouble, 200)
    assert QUICK.ask(answers).status_code == 200
    assert answers.asked == 3


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 404, 409, 422])
def test_an_answer_is_an_answer(status: int) -> None:
    answers = Answers(status)
    assert QUICK.ask(answers).status_code == status
    assert answers.asked == 1


def test_patience_ends_with_the_last_trouble_in_words() -> None:
    answers = Answers(503, 503, httpx.ReadTimeout("too slow"))
    with pytest.raises(ServerAwayError, match="ReadTimeout: too slow"):
        QUICK.ask(answers)
    assert answers.asked == 3


def test_stopping_ends_a_long_pause_and_leaves_one_more_try() -> None:
    stopping = threading.Event()
    patience = Patience(first_seconds=60, longest_seconds=60, stopping=stopping)
    answers = Answers(503, 503, 200)
    threading.Timer(0.05, stopping.set).start()
    started = time.monotonic()
    with pytest.raises(ServerAwayError, match="503"):
        patience.ask(answers)
    assert answers.asked == 2
    assert time.monotonic() - started < 5


def test_pauses_grow_up_to_the_bound_and_differ() -> None:
    patience = Patience(first_seconds=1, longest_seconds=4)
    for attempt, longest in [(1, 1), (2, 2), (3, 4), (9, 4)]:
        pauses = {patience._pause(attempt) for _ in range(50)}
        assert len(pauses) > 1
        assert all(longest / 2 <= pause <= longest for pause in pauses)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("3", 3.0),
        ("0", 0.0),
        ("-1", None),
        ("nan", None),
        ("soon", None),
        ("99999", LONGEST_RETRY_AFTER_SECONDS),
        ("Mon, 23 Nov 2020 08:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_or_ignored(
    header: str | None, seconds: float | None
) -> None:
    assert _retry_after(header) == seconds


def test_retry_after_may_be_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=30)
    found = _retry_after(format_datetime(moment, usegmt=True))
    assert found is not None
    assert 25 < found <= 30


def test_retry_after_is_waited_for() -> None:
    answers = [httpx.Response(429, headers={"Retry-After": "0.2"}), httpx.Response(200)]
    started = time.monotonic()
    QUICK.ask(lambda: answers.pop(0))
    assert time.monotonic() - started >= 0.2
