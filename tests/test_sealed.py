"""What the tests may call, and what not."""

from __future__ import annotations

import socket

import httpx
import pytest

from tests.sealed import LeavesThisMachine


@pytest.mark.parametrize("name", ["connect", "connect_ex"])
@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, ("192.0.2.1", 80)),
        (socket.AF_INET, ("somewhere.invalid", 80)),
        (socket.AF_INET6, ("2001:db8::1", 80, 0, 0)),
    ],
    ids=["ipv4", "a name", "ipv6"],
)
def test_no_test_reaches_another_machine(name, family, address) -> None:
    with socket.socket(family) as own, pytest.raises(LeavesThisMachine, match="called"):
        getattr(own, name)(address)


def test_what_is_built_on_sockets_is_held_back_too() -> None:
    with pytest.raises(LeavesThisMachine):
        httpx.get("http://192.0.2.1/", trust_env=False)


def test_this_machine_answers(tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as own:
        server.bind(str(tmp_path / "s"))
        server.listen()
        own.connect(str(tmp_path / "s"))
