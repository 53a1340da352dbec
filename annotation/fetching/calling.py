"""One connection to a pinned address, with an end that nobody on the other side can move.

httpcore, which httpx stands on, is used itself: it takes a network of ours, and it has
no cookies, no redirects, no proxies from the environment and no decompression to turn off.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

Options = Iterable[httpcore.SOCKET_OPTION] | None


class Clock:
    """Seconds until the end of the whole call."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """At most `most`. Raises a time-out if there is nothing left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole call")
        return left if most is None else min(left, most)


class Pinned(httpcore.NetworkBackend):
    """Connects to the given addresses alone, whatever the name may mean by now."""

    def __init__(self, addresses: tuple[str, ...], clock: Clock) -> None:
        self.addresses = addresses
        self.clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.NetworkStream:
        *others, last = self.addresses
        for address in others:
            try:
                return self._connect(address, port, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, port, timeout, socket_options)

    def _connect(
        self, address: str, port: int, timeout: float | None, options: Options
    ) -> httpcore.NetworkStream:
        stream = httpcore.SyncBackend().connect_tcp(
            address, port, self.clock.left(timeout), None, options
        )
        return _Timed(stream, self.clock)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Options = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("no address of the internet")


class _Timed(httpcore.NetworkStream):
    """A stream whose every step also ends with the whole: a slow drip does not help."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self.stream = stream
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.clock.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self.stream.start_tls(
            ssl_context, server_hostname, self.clock.left(timeout)
        )
        return _Timed(secure, self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
