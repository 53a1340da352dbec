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
START_SECONDS = 600


def start(home: Home, *, crew: Crew, log: Path) -> str:
    """Start the server of `home`, making it first if need be; return its DATABASE_URL."""
    if not home.data.exists():
        _initialise(home)
    _require_major(home)
    if _answers(home):
        _stop_orphan(home)
    _forget_dead_server(home)
    _start_server(home, crew, log)
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


def _stop_orphan(home: Home) -> None:
    """End a server whose supervisor is gone: we hold the lock, so nobody else uses it."""
    _run(home, "pg_ctl", "stop", "-D", str(home.data), "-m", "fast", "-w")
    deadline = time.monotonic() + RETRY_SECONDS
    while _answers(home):
        if time.monotonic() > deadline:
            raise Stop(f"A Postgres that nobody supervises holds {home.data}.")
        time.sleep(0.1)


def _forget_dead_server(home: Home) -> None:
    """Remove lock files that name a zombie or some other program.

    Postgres takes any living process of that number for its own server: after a kill in a
    container without init, or when numbers repeat, it would never start again.
    """
    socket_lock = home.socket_folder / ".s.PGSQL.5432.lock"
    for path in (home.data / "postmaster.pid", socket_lock):
        if path.exists() and Path("/proc/self/stat").exists():
            number = path.read_text().split("\n", 1)[0].strip()
            if not number.isdigit() or not _is_live_postgres(int(number)):
                path.unlink(missing_ok=True)


def _is_live_postgres(pid: int) -> bool:
    try:
        line = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    name, _, rest = line.partition("(")[2].rpartition(")")
    return name == "postgres" and not rest.lstrip().startswith("Z")


def _start_server(home: Home, crew: Crew, log: Path) -> None:
    """Start and wait; once more if a killed predecessor's sessions are still dying."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        began_at = log.stat().st_size if log.exists() else 0
        try:
            _start_once(home, crew, log)
        except Stop:
            written = log.read_bytes()[began_at:].decode(errors="replace")
            if STILL_IN_USE not in written or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _start_once(home: Home, crew: Crew, log: Path) -> None:
    settings = ("listen_addresses=", "unix_socket_permissions=0700")
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
