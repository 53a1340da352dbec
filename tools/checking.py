"""`./run check`: what a machine can say about the code without running a test."""

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tools.messages import say
from tools.place import Place

PRODUCTION = {
    "CONCORD_DEBUG": "0",
    "CONCORD_INSECURE_HTTP": "0",
    "CONCORD_ALLOWED_HOSTS": "concord.example",
    "CONCORD_BASE_URL": "https://concord.example",
}


def check(place: Place, *, python: Path, env: Mapping[str, str]) -> int:
    """Run every check, one line of result each; 1 if any of them failed."""
    results = [
        _passes(name, [str(python), *command], cwd=place.root, env={**env, **extra})
        for name, command, extra in _checks()
    ]
    return 0 if all(results) else 1


def _checks() -> list[tuple[str, list[str], dict[str, str]]]:
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return [
        ("format", ["-m", "ruff", "format", "--check", "."], {}),
        ("lint", ["-m", "ruff", "check", "."], {}),
        ("types", ["-m", "mypy"], {}),
        ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"], {}),
        ("deploy", deploy, PRODUCTION),
    ]


def _passes(
    name: str, command: list[str], *, cwd: Path, env: Mapping[str, str]
) -> bool:
    began = time.monotonic()
    ended = subprocess.run(
        command,
        cwd=cwd,
        env=dict(env),
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    verdict = "FAILED" if ended.returncode else "ok"
    print(f"{name:<12}{verdict:<8}{time.monotonic() - began:.1f} s", flush=True)
    if ended.returncode:
        say(ended.stdout.rstrip())
    return ended.returncode == 0
