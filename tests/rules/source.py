"""The repository as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "annotation",
    "api",
    "catalogues",
    "config",
    "corpus",
    "demonstration",
    "quality",
    "tools",
    "worker",
)
NOT_OURS = {".git", ".venv", ".data", "vendor", "__pycache__"}


@cache
def tracked() -> list[Path]:
    """The files of the repository, relative to its root."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return [Path(name) for name in names if (ROOT / name).is_file()]
    return [path.relative_to(ROOT) for path in _walked(ROOT)]


def _walked(folder: Path) -> Iterator[Path]:
    """What a copy without its history holds."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.endswith("_cache"):
            continue
        if path.is_dir():
            yield from _walked(path)
        else:
            yield path


def modules(*rooms: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """Every module of the rooms: dotted name, path, tree. Migrations are left out."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path, ast.parse(path.read_text())


def imports(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are banned by the linter"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_inside(name: str, *packages: str) -> bool:
    return any(
        name == package or name.startswith(package + ".") for package in packages
    )
