"""`./run demo`: everything from an empty machine to log-in links, and back down again."""

import errno
import hashlib
import http.client
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools import environment, services
from tools.messages import Stop, say, step
from tools.place import Place
from tools.processes import Crew

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
PORTS_TRIED = 50


def demo(place: Place, *, port: int | None, fresh: bool) -> None:
    """Serve the demonstration project until a signal or a dead child ends it."""
    with services.owned(place, "demo") as (claim, crew):
        if fresh:
            with step("Emptying the data folder"):
                services.wipe(place)
        chosen = choose_port(port)
        url = f"http://{HOST}:{chosen}"
        claim.tell(command="demo", url=url)
        python = environment.ensure(place, "demo")
        addresses = services.start(place, crew)
        env = services.environment(place, addresses, url=url)
        _prepare_database(place, python, crew, env)
        _start_programs(place, python, crew, env, chosen)
        claim.tell(command="demo", url=url, **services.facts(place, addresses))
        if not _greet(place, python, env):
            with step("Loading the demonstration project"):
                _manage(place, python, crew, env, "load_demo")
            if not _greet(place, python, env):
                log = place.logs / "demo_links.log"
                raise Stop(f"The log-in links could not be made; see {log}.")
        print(f"\nPress Ctrl-C to stop. Logs are in {place.logs}", flush=True)
        crew.watch()


def choose_port(wanted: int | None) -> int:
    """The wanted port, or the first free one from 8000 on if none was asked for."""
    if wanted is not None:
        if not is_free(wanted):
            raise Stop(f"Port {wanted} is already taken. Choose another with --port.")
        return wanted
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if is_free(port):
            if port != DEFAULT_PORT:
                say(f"  Port {DEFAULT_PORT} is taken: using {port}")
            return port
    last = DEFAULT_PORT + PORTS_TRIED - 1
    raise Stop(f"Ports {DEFAULT_PORT} to {last} are all taken. Name one with --port.")


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise Stop(f"Port {port} cannot be used: {error.strerror}.") from error
    return True


def _manage(
    place: Place, python: Path, crew: Crew, env: Mapping[str, str], *arguments: str
) -> None:
    crew.run(
        f"manage {arguments[0]}",
        [python, place.root / "manage.py", *arguments],
        env=env,
        log=place.logs / f"{arguments[0]}.log",
    )


def _prepare_database(
    place: Place, python: Path, crew: Crew, env: Mapping[str, str]
) -> None:
    with step("Bringing the database up to date"):
        _manage(place, python, crew, env, "migrate", "--noinput")
    stamp = place.data / "static.stamp"
    wanted = _static_state(place)
    if not stamp.exists() or stamp.read_text() != wanted:
        with step("Collecting style sheets and scripts"):
            _manage(place, python, crew, env, "collectstatic", "--noinput", "--clear")
        stamp.write_text(wanted)


def _static_state(place: Place) -> str:
    """Changes when a static file or the set of installed packages does."""
    sources = [*place.root.glob("static/**/*"), *place.root.glob("[!.]*/static/**/*")]
    files = sorted(path for path in sources if path.is_file())
    lines = [
        f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files
    ]
    packages = (place.root / "requirements" / "demo.txt").read_bytes()
    return hashlib.sha256("\n".join(lines).encode() + packages).hexdigest()


def _start_programs(
    place: Place, python: Path, crew: Crew, env: Mapping[str, str], port: int
) -> None:
    with step("Starting the web server"):
        server = [str(python), "-m", "granian", "--interface", "wsgi", "--host", HOST]
        sizes = ["--port", str(port), "--workers", "1", "--blocking-threads", "32"]
        crew.start(
            "The web server",
            [*server, *sizes, "config.wsgi:application"],
            env=env,
            log=place.logs / "web.log",
        )
        crew.wait_until(
            lambda: _answers(port),
            seconds=60,
            otherwise=f"The web server is not ready; see {place.logs / 'web.log'}.",
        )
    if env.get("CONCORD_EAGER_TASKS") == "1":
        return
    celery = [str(python), "-m", "celery", "-A", "config"]
    quiet = ["--loglevel", "WARNING"]
    alone = ["--concurrency", "2", "--without-gossip", "--without-mingle"]
    schedule = ["-s", str(place.data / "celerybeat-schedule"), "--pidfile", ""]
    programs = {"worker": alone, "beat": schedule}
    for name, arguments in programs.items():
        crew.start(
            f"The Celery {name}",
            [*celery, name, *quiet, *arguments],
            env=env,
            log=place.logs / f"{name}.log",
        )


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _greet(place: Place, python: Path, env: Mapping[str, str]) -> bool:
    """Print the log-in links; False if the demonstration is not all there yet."""
    command = [str(python), str(place.root / "manage.py"), "demo_links"]
    with (place.logs / "demo_links.log").open("wb") as log:
        ended = subprocess.run(
            command, env=dict(env), check=False, stdin=subprocess.DEVNULL, stderr=log
        )
    return ended.returncode == 0


def show_services(place: Place) -> None:
    """`./run services`: Postgres and Valkey alone, until a signal."""
    with services.owned(place, "services") as (claim, crew):
        environment.ensure(place, "demo")
        addresses = services.start(place, crew)
        claim.tell(command="services", **services.facts(place, addresses))
        for name, address in addresses.items():
            print(f"{name}={address}", flush=True)
        crew.watch()
