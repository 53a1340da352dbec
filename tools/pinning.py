"""`./run lock`: requirements/*.in to *.txt, pinned and hashed, naming no host."""

import os
import shutil
import subprocess

from tools.messages import Stop, step
from tools.place import Place

# Each file is compiled after those it includes.
NAMES = ("base", "demo", "test", "worker", "peers")
FLAGS = (
    "--python-version=3.11",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
)


def lock(place: Place, arguments: list[str]) -> None:
    """Recompile every requirements file; `arguments` go to uv (`--upgrade`, say)."""
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("`./run lock` needs uv on PATH: pip install uv")
    for name in NAMES:
        source = f"requirements/{name}.in"
        command = [uv, "pip", "compile", *FLAGS, *arguments, source, "-o"]
        with step(f"Compiling {source}"):
            ended = subprocess.run(
                [*command, f"requirements/{name}.txt"],
                cwd=place.root,
                env={**os.environ, "UV_SYSTEM_CERTS": "1"},
                check=False,
                capture_output=True,
                text=True,
            )
        if ended.returncode:
            raise Stop(f"uv could not compile {source}:\n{ended.stderr.strip()}")
