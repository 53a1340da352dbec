"""No test leaves this machine."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit


class LeavesThisMachine(Exception):
    """A test called another machine. No OSError: those are taken for a bad network."""


def seal(*allowed: str) -> None:
    """From now on sockets reach this machine alone, and the hosts of these addresses.

    What a library in C or another process calls is not seen.
    """
    names = {urlsplit(address).hostname for address in allowed}
    known = frozenset(name for name in names if name)
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _sealed(getattr(socket.socket, name), known))


def _sealed(original: Any, allowed: frozenset[str]) -> Any:
    def call(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_near(str(address[0]), allowed):
            self.close()  # libraries do so for errors of their own alone
            raise LeavesThisMachine(f"A test called {address[0]}.")
        return original(self, address)

    return call


def _is_near(host: str, allowed: frozenset[str]) -> bool:
    if host == "localhost" or host in allowed or host in _resolved(allowed):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _resolved(hosts: frozenset[str]) -> set[str]:
    return {
        str(found[4][0]) for host in hosts for found in socket.getaddrinfo(host, None)
    }
