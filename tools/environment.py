"""Makes `.venv` from a pinned, hashed requirements file, with uv or with pip alone."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import locks
from tools.messages import Stop, say, step, tail
from tools.place import Place

STAMP = "concord.json"
UNFINISHED = "concord.unfinished"
# test.txt holds all of demo.txt, so an environment for tests also runs the demo.
HOLDS = {"demo": ("demo",), "test": ("test", "demo")}
MACHINES = {
    ("Linux", "x86_64"),
    ("Linux", "aarch64"),
    ("Darwin", "arm64"),
}


def python_of(place: Place) -> Path:
    """The environment's interpreter."""
    return place.venv / "bin" / "python"


def ensure(place: Place, level: str) -> Path:
    """Make the environment hold what `level` needs; return its interpreter."""
    if not _is_ready(place, level):
        require_platform()
        with locks.folder_lock(place.root / "requirements"):
            if not _is_ready(place, level):
                _build(place, level)
    return python_of(place)


def require_platform() -> None:
    """Stop where the private Postgres and Valkey have no build."""
    system, machine = platform.system(), platform.machine()
    if (system, machine) not in MACHINES:
        raise Stop(
            f"Concord's private Postgres has no build for {system} on {machine}."
            " Use docker-compose.yml there."
        )
    if system == "Linux" and platform.libc_ver()[0] != "glibc":
        raise Stop(
            "Concord's private Postgres needs the GNU C library, and this Linux uses"
            " another (musl?). Use docker-compose.yml there."
        )


def wanted_stamp(place: Place, level: str) -> dict[str, str]:
    """What a finished environment says about itself, by level."""
    interpreter = f"{sys.version} {sys.base_prefix} {platform.machine()} {place.root}"
    stamps = {}
    for name in HOLDS[level]:
        text = (place.root / "requirements" / f"{name}.txt").read_bytes()
        stamps[name] = hashlib.sha256(text + interpreter.encode()).hexdigest()
    return {"interpreter": interpreter, **stamps}


def _stamp(place: Place) -> dict[str, str]:
    try:
        found = json.loads((place.venv / STAMP).read_text())
    except (OSError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_ready(place: Place, level: str) -> bool:
    wanted, found = wanted_stamp(place, level), _stamp(place)
    same = found.get("interpreter") == wanted["interpreter"]
    return same and found.get(level) == wanted[level] and python_of(place).exists()


def _build(place: Place, level: str) -> None:
    wanted = wanted_stamp(place, level)
    if _stamp(place).get("interpreter") != wanted["interpreter"]:
        _start_afresh(place)
    # From here to the last line a killed run leaves an environment without a stamp.
    (place.venv / UNFINISHED).touch()
    (place.venv / STAMP).unlink(missing_ok=True)
    if not python_of(place).exists():
        with step("Making the Python environment"):
            _make_venv(place.venv)
    _install(place, place.root / "requirements" / f"{level}.txt")
    fresh = place.venv / f"{STAMP}.new"
    fresh.write_text(json.dumps(wanted))
    fresh.replace(place.venv / STAMP)
    (place.venv / UNFINISHED).unlink()


def _start_afresh(place: Place) -> None:
    """Remove an environment that is half made or belongs to another interpreter."""
    if place.venv.is_symlink():
        raise Stop(f"{place.venv} is a link. Remove it and run this again.")
    if place.venv.is_dir() and any(place.venv.iterdir()):
        ours = (UNFINISHED, STAMP, "pyvenv.cfg")
        if not any((place.venv / name).exists() for name in ours):
            raise Stop(
                f"{place.venv} is no Python environment. Move it away and run this again."
            )
        say("  .venv is half made or made by another Python: making it again")
        shutil.rmtree(place.venv)
    place.venv.mkdir(exist_ok=True)


def _make_venv(folder: Path) -> None:
    try:
        import venv
    except ImportError:
        raise Stop(
            f"{sys.executable} lacks its venv module."
            " On Debian or Ubuntu: apt-get install python3-venv"
        ) from None
    try:
        venv.create(folder, with_pip=False, symlinks=True)
    except subprocess.CalledProcessError as error:
        raise Stop(f"{sys.executable} could not make an environment: {error}") from None


def _install(place: Place, requirements: Path) -> None:
    log = place.logs / "install.log"
    count = sum("==" in line for line in requirements.read_text().splitlines())
    # Pip is looked for only when it is needed: finding it may mean installing it.
    for name, find in (("uv", _uv), ("pip", _pip)):
        command = find(place)
        if not command:
            continue
        with step(f"Installing {count} packages with {name}"):
            code = _run([*command, "--require-hashes", "-r", str(requirements)], log)
        if code == 0:
            return
        _stop_if_full(log)
        say(f"  {name} failed (exit code {code}); see {log}")
    raise Stop(f"The packages could not be installed. The end of {log}:\n{tail(log)}")


def _uv(place: Place) -> list[str]:
    found = shutil.which("uv")
    if found is None:
        return []
    return [found, "pip", "install", "--python", str(python_of(place))]


def _pip(place: Place) -> list[str]:
    """Pip from outside, which needs no ensurepip; or the environment's own, if it must."""
    python = str(python_of(place))
    quiet = ["install", "--no-input", "--disable-pip-version-check", "--no-compile"]
    if _succeeds([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--python", python, *quiet]
    if _succeeds([python, "-m", "ensurepip"]):
        return [python, "-m", "pip", *quiet]
    raise Stop(
        f"{sys.executable} has neither pip nor ensurepip."
        " On Debian or Ubuntu: apt-get install python3-pip"
    )


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def _run(command: Sequence[str], log: Path) -> int:
    # uv trusts its own certificates unless told to trust the machine's.
    env = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"):
        env.pop(name, None)
    with log.open("w") as output:
        ended = subprocess.run(
            command, env=env, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    return ended.returncode


def _stop_if_full(log: Path) -> None:
    if "No space left on device" in log.read_text(errors="replace"):
        raise Stop(
            "The disk is full: the packages take about 800 MB."
            " Free some space and run this again."
        )
