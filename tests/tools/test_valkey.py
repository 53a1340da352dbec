import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from kombu import Connection

from tests.tools.conftest import is_alive
from tools import valkey
from tools.place import Place
from tools.processes import Crew


def start(place: Place, crew: Crew) -> str:
    binary = valkey.program(place)
    assert binary is not None
    return valkey.start(binary, place=place, crew=crew)


@contextmanager
def client(url: str) -> Iterator["redis.Redis"]:
    path = url.removeprefix("redis+socket://").partition("?")[0]
    with redis.Redis(unix_socket_path=path) as connection:
        yield connection


def pid_of(url: str) -> int:
    with client(url) as connection:
        return int(connection.info("server")["process_id"])


def test_celery_reads_the_url(place: Place, crew: Crew) -> None:
    with Connection(start(place, crew)) as connection:
        queue = connection.SimpleQueue("greetings")
        queue.put("hello")
        message = queue.get(timeout=5)
        assert message.payload == "hello"
        message.ack()
        queue.close()


def test_server_drops_nothing_and_listens_on_no_port(place: Place, crew: Crew) -> None:
    url = start(place, crew)
    with client(url) as connection:
        assert connection.config_get("maxmemory-policy") == {
            "maxmemory-policy": "noeviction"
        }
        assert connection.config_get("port") == {"port": "0"}
    socket = Path(url.removeprefix("redis+socket://").partition("?")[0])
    assert socket.stat().st_mode & 0o777 == 0o700


def test_keys_survive_a_kill(place: Place) -> None:
    with Crew() as killed, Crew() as crew:
        url = start(place, killed)
        with client(url) as connection:
            connection.set("kept", "7")
        # The append-only file is flushed once a second, but a kill loses no write.
        os.kill(pid_of(url), signal.SIGKILL)
        with client(start(place, crew)) as connection:
            assert connection.get("kept") == b"7"


def test_start_replaces_a_server_that_nobody_supervises(place: Place) -> None:
    with Crew() as orphan, Crew() as crew:
        before = pid_of(start(place, orphan))
        assert pid_of(start(place, crew)) != before
        assert not is_alive(before)


def test_program_is_none_where_the_package_has_none(open_folder: Path) -> None:
    assert valkey.program(Place(open_folder, open_folder / ".data")) is None
