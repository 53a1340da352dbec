"""The environment in which the programs that read releases are installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools import locks
from tools.place import find_place, prepare

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
ALONE = HERE / "alone.txt"
FINISHED = "concord.finished"
#: Would make the other environment import from this one.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE")
#: What needs to be asked of nobody: everything is at hand.
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


def interpreter() -> Path:
    """Python with lmms-eval and TRL, installed on first use, some 1.5 GB of them.

    It lies in the data folder, survives the emptying of it between runs, and is made
    anew when the requirements change. Raises RuntimeError with the end of pip's words.
    """
    place = find_place(os.environ).private("clients")
    prepare(place)
    home = place.data / "environment"
    wanted = hashlib.sha256(
        REQUIREMENTS.read_bytes() + ALONE.read_bytes() + sys.version.encode()
    ).hexdigest()
    with locks.folder_lock(place.data):
        stamp = home / FINISHED
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(home, ignore_errors=True)
            venv.create(home, with_pip=True, symlinks=True)
            _install(home, "-r", str(REQUIREMENTS))
            _install(home, "--no-deps", "-r", str(ALONE))
            stamp.write_text(wanted)
    return home / "bin" / "python"


def run(program: Path | str, *arguments: str, cwd: Path, cache: Path) -> str:
    """What a program prints, run there with nothing of ours importable."""
    words = [str(program)] if isinstance(program, Path) else ["-m", program]
    ended = subprocess.run(
        [str(interpreter()), *words, *arguments],
        cwd=cwd,
        env=_clean() | OFFLINE | {"HF_HOME": str(cache), "TQDM_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise AssertionError(
            f"{program} failed:\n{ended.stdout}\n{ended.stderr}"[-4000:]
        )
    return ended.stdout


def _install(home: Path, *arguments: str) -> None:
    command = [str(home / "bin" / "python"), "-m", "pip", "install", "--no-input"]
    ended = subprocess.run(
        [*command, "--no-compile", *arguments],
        env=_clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(
            f"The clients could not be installed:\n{ended.stdout[-3000:]}"
        )


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}
