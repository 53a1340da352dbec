"""A private Postgres: made once, started without pg_ctl, stopped by SIGINT."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from tools.messages import Stop, say, tail
from tools.processes import Crew, dropped
from tools.relocation import Home

MAJOR = "18"
USER = "postgres"
DATABASE = "concord"
# docker-compose.yml passes the same to initdb: sorting is identical everywhere.
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
STILL_IN_USE = "pre-existing shared memory block"
RETRY_SECONDS = 15
STOP_SECONDS = 60
START_SECONDS = 600
PROCESSES = Path("/proc")
#: For data that are thrown away: nothing has to outlive a power cut.
FLEETING = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def start(home: Home, *, crew: Crew, log: Path, lasting: bool = True) -> str:
    """Start the server of `home`, making it first if need be; return its DATABASE_URL.

    What is not `lasting` survives the end of the server, but not that of the machine.
    """
    if not home.data.exists():
        _initialise(home)
    _require_major(home)
    _end_predecessor(home)
    _start_server(home, crew, log, () if lasting else FLEETING)
    _ensure_database(home)
    return url(home)


def url(home: Home) -> str:
    """The address in the one form that Django and libpq's own programs both read."""
    folder = quote(str(home.socket_folder), safe="")
    return f"postgres://{USER}@/{DATABASE}?host={folder}"


def environment() -> Mapping[str, str]:
    """This process's environment without what steers Postgres's programs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C", "HOME": "/"}


def _run(home: Home, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(home.programs / program), *arguments],
            env=environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **dropped(home.account),
        )
    except PermissionError as error:
        if home.account is None:
            raise
        raise Stop(
            f"Postgres does not run as root, and root may not become {home.account.name}"
            f" here ({error.strerror}). Start Concord as an ordinary user."
        ) from error


def _initialise(home: Home) -> None:
    """Run initdb beside the target and rename, so that half a cluster is never used."""
    fresh = home.data.with_name(f"{home.data.name}.new")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    if home.account is not None:
        os.chown(fresh, home.account.uid, home.account.gid)
    made = _run(home, "initdb", "-D", str(fresh), "-U", USER, "--auth=trust", *LOCALE)
    if made.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        if "No space left on device" in made.stderr:
            raise Stop("The disk is full. Free some space and run this again.")
        raise Stop(f"Postgres could not make its files:\n{made.stderr.strip()}")
    fresh.rename(home.data)


def _require_major(home: Home) -> None:
    found = (home.data / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise Stop(
            f"{home.data} was made by Postgres {found}, this is Postgres {MAJOR}."
            " Dump it with the old version, or start over: ./run demo --fresh"
        )


def _answers(home: Home) -> bool:
    arguments = ("-q", "-h", str(home.socket_folder), "-U", USER)
    return _run(home, "pg_isready", *arguments).returncode == 0


def _end_predecessor(home: Home) -> None:
    """End a server whose supervisor is gone: we hold the lock, so nobody else uses it."""
    if _is_running(home):
        _run(home, "pg_ctl", "stop", "-D", str(home.data), "-m", "fast", "-W")
        deadline = time.monotonic() + STOP_SECONDS
        while _is_running(home):
            if time.monotonic() > deadline:
                raise Stop(f"A Postgres that nobody supervises holds {home.data}.")
            time.sleep(0.05)
    # Postgres takes any living process whose number stands in these for its own server:
    # a zombie, where there is no init, or another program, where numbers repeat.
    if (PROCESSES / "self").exists():
        for path in (home.data / "postmaster.pid", _socket_lock(home)):
            path.unlink(missing_ok=True)


def _socket_lock(home: Home) -> Path:
    return home.socket_folder / ".s.PGSQL.5432.lock"


def _is_running(home: Home) -> bool:
    """Whether a server of these files lives, be it starting, serving or stopping."""
    if not (PROCESSES / "self").exists():
        return _answers(home)
    try:
        number = (home.data / "postmaster.pid").read_text().split("\n", 1)[0]
        # A server works inside its data folder; a zombie works nowhere.
        return (PROCESSES / number.strip() / "cwd").readlink() == home.data.resolve()
    except OSError:
        return False


def _start_server(home: Home, crew: Crew, log: Path, further: Sequence[str]) -> None:
    """Start and wait; once more if a killed predecessor's sessions are still dying."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        began_at = log.stat().st_size if log.exists() else 0
        try:
            _start_once(home, crew, log, further)
        except Stop:
            written = log.read_bytes()[began_at:].decode(errors="replace")
            if STILL_IN_USE not in written or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _start_once(home: Home, crew: Crew, log: Path, further: Sequence[str]) -> None:
    settings = ("listen_addresses=", "unix_socket_permissions=0700", *further)
    folders = ["-D", str(home.data), "-k", str(home.socket_folder)]
    child = crew.start(
        "Postgres",
        [str(home.programs / "postgres"), *folders, *_each("-c", settings)],
        env=environment(),
        log=log,
        stop_signal=signal.SIGINT,
        account=home.account,
    )
    warn_at, deadline = time.monotonic() + 10, time.monotonic() + START_SECONDS
    while not _answers(home):
        if child.process.poll() is not None:
            crew.stop(child)
            raise Stop(f"Postgres did not start. The end of {log}:\n{tail(log)}")
        if time.monotonic() > deadline:
            raise Stop(f"Postgres is still not ready. The end of {log}:\n{tail(log)}")
        if time.monotonic() > warn_at:
            say("(it is recovering from a crash, which may take minutes)")
            warn_at = deadline
        time.sleep(0.05)


def _each(option: str, values: Sequence[str]) -> list[str]:
    return [part for value in values for part in (option, value)]


def _ensure_database(home: Home) -> None:
    address = ("-h", str(home.socket_folder), "-U", USER)
    query = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
    found = _run(home, "psql", *address, "-d", "postgres", "-Atc", query)
    if found.returncode == 0 and found.stdout.strip() == "1":
        return
    made = _run(home, "createdb", *address, DATABASE)
    if made.returncode:
        raise Stop(f"Postgres could not make the database:\n{made.stderr.strip()}")
