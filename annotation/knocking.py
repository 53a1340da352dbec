"""How often somebody may try to log in with a password.

Every try counts before the password is looked at, so that a hundred at once are a
hundred. The count is kept where all server processes see it, in Valkey; while that is
away nobody is shut out, and the log says so.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from time import time
from typing import Final

from django.core.cache import caches
from django.utils.translation import ngettext
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: Tries for one user name from one address, in each stretch of so many seconds.
MOST: Final = 10
STRETCH: Final = 15 * 60


def seconds_to_wait(name: str, address: str) -> int:
    """Count a try; 0 if it may go on, or the seconds until the next one may."""
    now = time()
    key = _key(name, address, now)
    try:
        counts = caches["attempts"]
        counts.add(key, 0, STRETCH)
        tries = counts.incr(key)
    except RedisError:
        logger.warning("Log-in attempts cannot be counted right now.", exc_info=True)
        return 0
    return 0 if tries <= MOST else STRETCH - int(now % STRETCH)


def forget(name: str, address: str) -> None:
    """Somebody got in: what they tried before counts no more."""
    try:
        caches["attempts"].delete(_key(name, address, time()))
    except RedisError:
        logger.warning("Log-in attempts cannot be forgotten right now.", exc_info=True)


def in_words(seconds: int) -> str:
    """ "1 minute", "7 minutes": never less than it takes."""
    minutes = -(-seconds // 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _key(name: str, address: str, now: float) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    who = hashlib.sha256(f"{plain}\0{address}".encode(errors="replace")).hexdigest()
    return f"log-in:{int(now // STRETCH)}:{who}"
