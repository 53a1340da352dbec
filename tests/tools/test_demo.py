import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tools import demo
from tools.messages import Stop
from tools.place import Place


@pytest.fixture
def taken() -> Iterator[int]:
    """A port of the loopback address on which somebody listens."""
    with socket.create_server((demo.HOST, 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server((demo.HOST, 0)) as server:
        port = server.getsockname()[1]
    assert isinstance(port, int)
    return port


def test_wanted_port_that_is_taken_is_one_sentence(taken: int) -> None:
    with pytest.raises(Stop, match=f"Port {taken} is already taken"):
        demo.choose_port(taken)


def test_default_port_that_is_taken_gives_way_to_the_next(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "DEFAULT_PORT", taken)
    chosen = demo.choose_port(None)
    assert taken < chosen < taken + demo.PORTS_TRIED
    assert f"Port {taken} is taken: using {chosen}" in capsys.readouterr().err


def test_all_ports_taken_is_one_sentence(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "DEFAULT_PORT", taken)
    monkeypatch.setattr(demo, "PORTS_TRIED", 1)
    with pytest.raises(Stop, match="are all taken"):
        demo.choose_port(None)


def test_free_port_is_taken_at_its_word() -> None:
    port = free_port()
    assert demo.choose_port(port) == port


@pytest.mark.parametrize(("status", "expected"), [(200, True), (503, False)])
def test_readiness_is_a_200_from_healthz(status: int, expected: bool) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer((demo.HOST, 0), Answer) as server:
        serving = threading.Thread(target=server.handle_request)
        serving.start()
        assert demo._answers(server.server_port) is expected
        serving.join(5)


def test_nobody_listening_is_not_ready() -> None:
    assert not demo._answers(free_port())


def test_static_files_are_collected_again_only_when_one_changes(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path / ".data")
    for folder in ("requirements", "static", "api/static", ".data/static"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "requirements" / "demo.txt").write_text("a==1\n")
    before = demo._static_state(place)

    (tmp_path / ".data" / "static" / "collected.css").touch()
    assert demo._static_state(place) == before
    (tmp_path / "api" / "static" / "own.css").touch()
    after = demo._static_state(place)
    assert after != before
    (tmp_path / "requirements" / "demo.txt").write_text("a==2\n")
    assert demo._static_state(place) != after
