"""The sub-commands of `./run`."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from tools import checking, demo, environment, interrupts, pinning, services
from tools.messages import Stop, explain, say
from tools.place import Place, find_place, prepare
from tools.processes import in_foreground

HELP = """\
./run demo [--fresh] [--port N]   serve the demonstration project; Ctrl-C stops it
./run test [pytest arguments]     run the tests against services of their own
./run check                       formatter, linter, types, migrations, deployment
./run bench [name]                the benchmarks behind the performance claims
./run manage COMMAND ...          Django's commands, with the services they need
./run worker ...                  the GPU program (python -m worker)
./run services                    Postgres and Valkey alone, in the foreground
./run translate                   bring the catalogues of the interface languages up to date
./run lock [uv arguments]         compile requirements/*.in to pinned, hashed *.txt
./run help                        this text

Data lies in .data, or where CONCORD_DATA says. DATABASE_URL and REDIS_URL, if set, are
used as they are, and nothing is started in their place."""

Command = Callable[[Place, list[str]], int]


def main(arguments: list[str]) -> int:
    """Run one sub-command; every foreseen failure is one sentence and a code above 0."""
    interrupts.install()
    name, rest = (arguments or ["help"])[0], arguments[1:]
    command = COMMANDS.get(name)
    if command is None:
        say(f"./run knows no {name!r}.\n\n{HELP}")
        return 2
    try:
        return command(find_place(os.environ), rest)
    except Stop as stop:
        say(f"\n{stop}")
    except OSError as error:
        say(f"\n{explain(error)}")
    except interrupts.Interrupted as interrupted:
        say("\nStopped.")
        return 128 + interrupted.number
    return 1


def _demo(place: Place, arguments: list[str]) -> int:
    port, fresh = _demo_options(arguments)
    environment.require_platform()
    try:
        demo.demo(place, port=port, fresh=fresh)
    except interrupts.Interrupted as interrupted:
        return _quiet_end(interrupted)
    return 0


def _quiet_end(interrupted: interrupts.Interrupted) -> int:
    """A signal is how a server is meant to end, so it ends well."""
    say("\nStopped.")
    return 1 if interrupted.number == signal.SIGHUP else 0


def _demo_options(arguments: list[str]) -> tuple[int | None, bool]:
    port, fresh, rest = None, False, list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--fresh":
            fresh = True
        elif word == "--port" or word.startswith("--port="):
            text = word.partition("=")[2] or (rest.pop(0) if rest else "")
            port = _port(text)
        else:
            raise Stop(f"./run demo knows no {word!r}: it takes --fresh and --port N.")
    return port, fresh


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Stop(f"--port needs a number from 1 to 65535, not {text!r}.")
    return int(text)


def _services(place: Place, arguments: list[str]) -> int:
    _refuse(arguments)
    try:
        demo.show_services(place)
    except interrupts.Interrupted as interrupted:
        return _quiet_end(interrupted)
    return 0


def _test(place: Place, arguments: list[str]) -> int:
    python = _ensure(place, "test")
    chosen = any(word.startswith(("-n", "-p", "--numproc")) for word in arguments)
    parallel = [] if chosen else ["-n", "2"]
    with services.private(place, "test", lasting=False) as env:
        command = [str(python), "-m", "pytest", *parallel, *arguments]
        return in_foreground(command, env=env, cwd=place.root)


def _check(place: Place, arguments: list[str]) -> int:
    _refuse(arguments)
    python = _ensure(place, "test")
    with services.private(place, "check", lasting=False) as env:
        return checking.check(place, python=python, env=env)


def _bench(place: Place, arguments: list[str]) -> int:
    python = _ensure(place, "test")
    with services.private(place, "bench") as env:
        command = [str(python), "-m", "benchmarks", *arguments]
        return in_foreground(command, env=env, cwd=place.root)


def _manage(place: Place, arguments: list[str]) -> int:
    python = _ensure(place, "demo")
    with services.borrowed(place, "manage") as env:
        return in_foreground([python, place.root / "manage.py", *arguments], env=env)


def _worker(place: Place, arguments: list[str]) -> int:
    python = _ensure(place, "demo")
    env = {**os.environ, "PYTHONPATH": str(place.root)}
    return in_foreground([str(python), "-m", "worker", *arguments], env=env)


def _translate(place: Place, arguments: list[str]) -> int:
    _refuse(arguments)
    python = _ensure(place, "test")
    return in_foreground([python, "-m", "catalogues"], env=os.environ, cwd=place.root)


def _lock(place: Place, arguments: list[str]) -> int:
    pinning.lock(place, arguments)
    return 0


def _help(_place: Place, _arguments: list[str]) -> int:
    print(HELP)
    return 0


def _ensure(place: Place, level: str) -> Path:
    prepare(place)
    return environment.ensure(place, level)


def _refuse(arguments: list[str]) -> None:
    if arguments:
        raise Stop(f"This command takes no arguments, not {' '.join(arguments)!r}.")


COMMANDS: dict[str, Command] = {
    "demo": _demo,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "manage": _manage,
    "worker": _worker,
    "services": _services,
    "translate": _translate,
    "lock": _lock,
    "help": _help,
    "-h": _help,
    "--help": _help,
}
