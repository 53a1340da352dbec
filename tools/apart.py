"""Python environments beside `.venv`, for programs that do not fit into it."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from tools import locks
from tools.messages import Stop
from tools.place import find_place, prepare

FINISHED = "concord.finished"
#: Would make the other environment import from this one.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE")
LAST_WORDS = 3000


def interpreter(
    name: str, installs: Sequence[Sequence[str]], files: list[Path]
) -> Path:
    """Python of the environment `name`, in which pip has done `installs`, in order.

    It lies in the data folder, survives the emptying of it between runs, and is made
    anew when one of the `files` that pip reads changes. Stop holds the end of pip's
    words.
    """
    place = find_place(os.environ).private(name)
    prepare(place)
    home = place.data / "environment"
    told = b"".join(file.read_bytes() for file in files) + sys.version.encode()
    wanted = hashlib.sha256(told).hexdigest()
    with locks.folder_lock(place.data):
        stamp = home / FINISHED
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(home, ignore_errors=True)
            venv.create(home, with_pip=True, symlinks=True)
            for arguments in installs:
                _install(home, name, arguments)
            stamp.write_text(wanted)
    return home / "bin" / "python"


def clean() -> dict[str, str]:
    """This process's variables without those that lead back into our environment."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def _install(home: Path, name: str, arguments: Sequence[str]) -> None:
    command = [str(home / "bin" / "python"), "-m", "pip", "install", "--no-input"]
    ended = subprocess.run(
        [*command, "--no-compile", *arguments],
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise Stop(
            f"The packages of {name} could not be installed. Pip's last words:\n"
            + ended.stdout[-LAST_WORDS:]
        )
