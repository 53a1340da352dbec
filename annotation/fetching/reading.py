"""The one way out: an address in, the bytes of a picture or a short reason back.

Every hop is judged and pinned as if somebody had typed it, and the limits of time and
size are those of the whole call. See docs/adr on fetching pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from ssl import SSLContext

import httpcore
import httpx

from annotation.fetching import guarding
from annotation.fetching.calling import Clock, Pinned
from annotation.fetching.guarding import (
    NOTHING_ALLOWED,
    Allowed,
    Resolve,
    Target,
    target,
)
from annotation.fetching.outcomes import (
    Ended,
    Fetched,
    Later,
    Outcome,
    gone,
    later,
)
from annotation.images import MAX_BYTES, format_of

MAX_HOPS = 3
START = 16
REDIRECTS = (301, 302, 303, 307, 308)
# 403 too: hosts that defend themselves against a crowd say so for a while.
PASSING = (403, 408, 425, 429)
MAX_WAIT_SECONDS = 24 * 3600
#: What well-known hosts send in place of a picture that was taken away.
PLACEHOLDERS = ("/removed.png", "/photo_unavailable.png", "/photo_unavailable_l.png")
HEADERS = [
    (b"User-Agent", b"Concord (fetches pictures of published datasets)"),
    (b"Accept", b"image/jpeg, image/png, image/webp"),
    # Nothing here decompresses what a host packs, so nothing can blow up.
    (b"Accept-Encoding", b"identity"),
    (b"Connection", b"close"),
]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two packets, and for the whole; bytes of the body."""

    connect: float = 3.0
    read: float = 5.0
    whole: float = 15.0
    size: int = MAX_BYTES


def fetch(
    address: str,
    *,
    resolve: Resolve = guarding.resolve,
    allowed: Allowed = NOTHING_ALLOWED,
    limits: Limits = Limits(),
) -> Outcome:
    """The bytes behind a web address, if they begin like a picture.

    Raises nothing. `resolve` and `allowed` are for tests that bring their own server.
    """
    clock = Clock(limits.whole)
    here: str | httpx.URL = address
    try:
        for _ in range(MAX_HOPS + 1):
            there = target(here, resolve=resolve, allowed=allowed, seconds=clock.left())
            found = _call(there, clock, limits)
            if isinstance(found, bytes):
                return Fetched(found)
            here = _next_hop(there.url, found)
        raise gone(f"its host redirects more than {MAX_HOPS} times")
    except Ended as ended:
        return ended.outcome
    except (httpcore.TimeoutException, TimeoutError):
        return Later("its host did not answer in time")
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        return Later("the connection to its host broke")


def _call(there: Target, clock: Clock, limits: Limits) -> bytes | httpx.URL:
    """The body, or the address that the host points to. Raises Ended otherwise."""
    timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    url = httpcore.URL(
        scheme=there.url.raw_scheme,
        host=there.url.raw_host,
        port=there.url.port,
        target=there.url.raw_path,
    )
    with httpcore.ConnectionPool(
        ssl_context=_trusted(),
        network_backend=Pinned(there.pinned, clock),
        max_connections=1,
        max_keepalive_connections=0,
    ) as pool:
        headers = [(b"Host", there.url.netloc), *HEADERS]
        with pool.stream(
            "GET", url, headers=headers, extensions={"timeout": timeouts}
        ) as response:
            if response.status in REDIRECTS:
                return _location(response, there.url)
            _judge(response)
            return _body(response, clock, limits.size)


@cache
def _trusted() -> SSLContext:
    """TLS that holds the certificate against the name in the address."""
    return httpcore.default_ssl_context()


def _judge(response: httpcore.Response) -> None:
    if response.status == 200:
        return
    if response.status in PASSING or response.status >= 500:
        wait = _header(response, b"retry-after")
        seconds = int(wait) if wait.isdigit() and len(wait) < 9 else 0
        raise later(
            f"its host answers {response.status}", min(seconds, MAX_WAIT_SECONDS)
        )
    raise gone(f"its host answers {response.status}")


def _body(response: httpcore.Response, clock: Clock, most: int) -> bytes:
    """All that is sent, as long as it begins like a picture and is not too much."""
    body = bytearray()
    is_judged = False
    for chunk in response.iter_stream():
        body += chunk
        clock.left()
        if len(body) > most:
            raise gone(f"the picture is larger than {most // 2**20} MiB")
        if not is_judged and len(body) >= START:
            _judge_start(body)
            is_judged = True
    if not is_judged:
        _judge_start(body)
    return bytes(body)


def _judge_start(body: bytearray) -> None:
    if format_of(bytes(body[:START])) is None:
        raise gone("what its host sends is no JPEG, PNG or WebP picture")


def _location(response: httpcore.Response, here: httpx.URL) -> httpx.URL:
    try:
        return here.join(_header(response, b"location").decode("ascii"))
    except (httpx.InvalidURL, ValueError, TypeError):
        raise gone("its host redirects to no web address") from None


def _next_hop(here: httpx.URL, there: httpx.URL) -> httpx.URL:
    if here.scheme == "https" and there.scheme == "http":
        raise gone("its host redirects away from TLS")
    if there.path.endswith(PLACEHOLDERS):
        raise gone("its host shows a placeholder: the picture was taken away")
    return there.copy_with(fragment=None)


def _header(response: httpcore.Response, name: bytes) -> bytes:
    found = [value for key, value in response.headers if key.lower() == name]
    return found[0] if found else b""
