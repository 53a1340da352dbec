"""The environment in which the programs that read releases are installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools import apart

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
ALONE = HERE / "alone.txt"
#: What needs to be asked of nobody: everything is at hand.
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


def interpreter() -> Path:
    """Python with lmms-eval and TRL, installed on first use, some 1.5 GB of them."""
    steps = [["-r", str(REQUIREMENTS)], ["--no-deps", "-r", str(ALONE)]]
    return apart.interpreter("clients", steps, [REQUIREMENTS, ALONE])


def run(program: Path | str, *arguments: str, cwd: Path, cache: Path) -> str:
    """What a program prints, run there with nothing of ours importable."""
    words = [str(program)] if isinstance(program, Path) else ["-m", program]
    ended = subprocess.run(
        [str(interpreter()), *words, *arguments],
        cwd=cwd,
        env=apart.clean() | OFFLINE | {"HF_HOME": str(cache), "TQDM_DISABLE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise AssertionError(
            f"{program} failed:\n{ended.stdout}\n{ended.stderr}"[-4000:]
        )
    return ended.stdout
