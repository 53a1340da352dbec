import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.tools.conftest import is_alive
from tools import services
from tools.messages import Stop
from tools.place import ROOT, Place, prepare
from tools.processes import Crew

SUPERVISOR = """
import sys
from pathlib import Path
from tools import interrupts, services
from tools.place import Place

interrupts.install()
place = Place(Path(sys.argv[1]), Path(sys.argv[2]))
with services.owned(place, "demo") as (claim, crew):
    addresses = services.start(place, crew)
    claim.tell(command="demo", url="http://there", **services.facts(place, addresses))
    print("ready", flush=True)
    crew.watch()
"""


@contextmanager
def supervisor(place: Place) -> Iterator["subprocess.Popen[str]"]:
    """Another process that owns the services of a place."""
    command = [sys.executable, "-c", SUPERVISOR, str(place.root), str(place.data)]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            left = pids_of(place)
            process.kill()
            assert gone(left)


def pids_of(place: Place) -> set[int]:
    """The processes, the supervisor aside, whose command line names the data folder."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(place.data) in words and "-c" not in words.split("\0")[1:2]:
            found.add(int(path.parent.name))
    return {pid for pid in found if is_alive(pid)}


def gone(pids: set[int]) -> bool:
    deadline = time.monotonic() + 10
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="needs PR_SET_PDEATHSIG and /proc")
def test_killing_the_supervisor_leaves_no_process(used_place: Place) -> None:
    with supervisor(used_place) as process:
        pids = pids_of(used_place)
        assert len(pids) >= 2
        process.kill()
        process.wait()
        assert gone(pids)
    assert not (used_place.data / "postgres" / "postmaster.pid").exists(), (
        "a clean shutdown"
    )


def test_interrupting_the_supervisor_stops_what_it_started(used_place: Place) -> None:
    with supervisor(used_place) as process:
        pids = pids_of(used_place)
        process.send_signal(signal.SIGINT)
        process.wait(10)
        assert gone(pids)


def test_second_owner_is_told_who_the_first_is(used_place: Place) -> None:
    with (
        supervisor(used_place) as process,
        pytest.raises(Stop, match=rf"`./run demo` is already using .*{process.pid}"),
        services.owned(used_place, "demo"),
    ):
        pass


def test_borrower_uses_running_services_and_leaves_them_running(
    used_place: Place,
) -> None:
    with supervisor(used_place):
        with services.borrowed(used_place, "manage") as env:
            assert env["CONCORD_BASE_URL"] == "http://there"
            psycopg.connect(env["DATABASE_URL"]).close()
        psycopg.connect(env["DATABASE_URL"]).close()


def test_borrower_starts_services_where_none_run(used_place: Place) -> None:
    with services.borrowed(used_place, "manage") as env:
        psycopg.connect(env["DATABASE_URL"]).close()
    assert not pids_of(used_place)


def _flushes(env: Mapping[str, str]) -> str:
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        return str(connection.execute("SHOW fsync").fetchone()[0])  # type: ignore[index]


def test_private_services_start_from_nothing_and_spare_the_outer_data(
    place: Place,
) -> None:
    (place.data / "kept").touch()
    with services.private(place, "test") as env:
        Path(env["CONCORD_DATA"], "left over").touch()
        assert env["CONCORD_DATA"] != str(place.data)
        assert _flushes(env) == "on"
    with services.private(place, "test", lasting=False) as env:
        assert not Path(env["CONCORD_DATA"], "left over").exists()
        assert _flushes(env) == "off"
    assert (place.data / "kept").exists()


def test_outside_addresses_win_and_nothing_is_started(
    place: Place, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/concord")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    assert services.start(place, crew) == {
        "DATABASE_URL": "postgres://elsewhere/concord",
        "REDIS_URL": "redis://elsewhere/0",
    }
    assert not pids_of(place)


def test_missing_valkey_is_announced_and_makes_tasks_eager(
    open_folder: Path,
    crew: Crew,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/concord")
    place = Place(open_folder, open_folder / ".data")
    prepare(place)
    assert services.start(place, crew)["CONCORD_EAGER_TASKS"] == "1"
    assert "WARNING: no Valkey" in capsys.readouterr().err


def test_environment_lets_the_outside_choose_but_not_the_data_folder(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_BASE_URL", "https://tunnel.example")
    monkeypatch.setenv("CONCORD_DATA", "/elsewhere")
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    env = services.environment(place, {"DATABASE_URL": "postgres://here/concord"})
    assert env["CONCORD_BASE_URL"] == "https://tunnel.example"
    assert env["CONCORD_DATA"] == str(place.data)
    assert not {"PGHOST", "PYTHONHOME"} & set(env)
