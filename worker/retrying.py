"""When to ask again, and after how long."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from worker.errors import ServerAwayError

LONGEST_RETRY_AFTER_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try, and the bounds of the growing pause between two tries.

    Once `stopping` is set a pause ends at once and the next try is the last one.
    """

    tries: int = 6
    first_seconds: float = 0.5
    longest_seconds: float = 20.0
    stopping: threading.Event = field(default_factory=threading.Event)

    def ask(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        """The first answer that is neither 429 nor 5xx; ServerAwayError if none comes."""
        for attempt in range(1, self.tries + 1):
            is_last = attempt == self.tries or self.stopping.is_set()
            try:
                response = send()
            except httpx.RequestError as error:
                trouble = f"{type(error).__name__}: {error}".rstrip(": ")
                seconds = self._pause(attempt)
            else:
                if response.status_code != 429 and response.status_code < 500:
                    return response
                trouble = f"it answers {response.status_code}"
                asked = response.headers.get("Retry-After")
                seconds = _retry_after(asked) or self._pause(attempt)
            if is_last:
                break
            self.stopping.wait(seconds)
        raise ServerAwayError(f"The server is not available ({trouble}).")

    def _pause(self, attempt: int) -> float:
        # Jitter, so that workers cut off together do not come back together.
        longest = min(self.longest_seconds, self.first_seconds * 2 ** (attempt - 1))
        return random.uniform(longest / 2, longest)


def _retry_after(header: str | None) -> float | None:
    """Seconds asked for, as a number or an HTTP date; None if it is neither."""
    if not header:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    # A NaN fails both comparisons, and then nothing usable was asked for.
    if not seconds >= 0:
        return None
    return min(seconds, LONGEST_RETRY_AFTER_SECONDS)
