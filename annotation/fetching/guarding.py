"""Which addresses may be called: the public internet, and nothing that is ours.

A name is resolved once, all its addresses are judged, and the connection goes to one of
those and to no other. So a name that means something else a moment later changes nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from annotation.fetching.outcomes import gone, later

PORTS = {"http": 80, "https": 443}
RESOLVE_SECONDS = 4.0
MAX_ADDRESSES = 16

#: Public by the registries, and yet not for us: relays and translations that lead back
#: into private networks, and the host that answers for Azure's machines.
DENIED = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "3fff::/20",
    )
)
# Whatever lies outside is mapped, compatible, local, or not given to anybody.
GLOBAL_V6 = ip_network("2000::/3")

Resolve = Callable[[str, int], Sequence[str]]
#: Pairs of address and port that a test's own server listens on. Production has none.
Allowed = frozenset[tuple[str, int]]
NOTHING_ALLOWED: Allowed = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be called, and where its host was found."""

    url: httpx.URL
    port: int
    pinned: tuple[str, ...]


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def target(
    text: str | httpx.URL,
    *,
    resolve: Resolve = resolve,
    allowed: Allowed = NOTHING_ALLOWED,
    seconds: float = RESOLVE_SECONDS,
) -> Target:
    """The address, judged and resolved. Raises Ended with the reason if it may not be."""
    url = _parsed(text)
    port = PORTS[url.scheme] if url.port is None else url.port
    if port not in {*PORTS.values(), *(port for _, port in allowed)}:
        raise gone("the address names a port other than 80 and 443")
    found = _resolved(url.host, port, resolve, min(seconds, RESOLVE_SECONDS))
    if not all((a, port) in allowed or is_public(a) for a in found):
        raise gone("the address leads into a private network")
    return Target(url, port, tuple(found))


def is_public(text: str) -> bool:
    """Whether this numeric address is one of the public internet's."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (
        address not in GLOBAL_V6 or address.scope_id
    ):
        return False
    return _is_global(address) and not any(
        address.version == network.version and address in network for network in DENIED
    )


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    odd = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not odd


def _parsed(text: str | httpx.URL) -> httpx.URL:
    try:
        url = httpx.URL(text)
        host = url.host
    except (httpx.InvalidURL, ValueError, TypeError):
        raise gone("this is no web address") from None
    if url.scheme not in PORTS or not host:
        raise gone("this is no http or https address")
    if url.userinfo:
        raise gone("the address holds a user name or password")
    return url


def _resolved(host: str, port: int, resolve: Resolve, seconds: float) -> Sequence[str]:
    try:
        found = _within(seconds, lambda: resolve(host, port))
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
            raise gone("its host does not exist any more") from None
        raise later("its host could not be looked up") from None
    except UnicodeError:
        raise gone("its host has no valid name") from None
    except OSError:
        raise later("its host could not be looked up") from None
    if not found or len(found) > MAX_ADDRESSES:
        raise later("its host could not be looked up")
    return list(dict.fromkeys(found))


def _within(seconds: float, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What `ask` returns. The system's resolver knows no limit, so a thread waits."""
    found: list[Sequence[str]] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.append(ask())
        except Exception as error:  # handed to the one who asked
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if failed:
        raise failed[0]
    if not found:
        raise later("looking up its host took too long")
    return found[0]
