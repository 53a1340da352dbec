"""Every picture of the demonstration, by file name."""

from __future__ import annotations

from pathlib import Path

from demonstration import charts, diagrams, photographs, signs


def all_pictures() -> dict[str, bytes]:
    """Name -> file bytes. The same bytes each time with the same packages."""
    return photographs.read() | charts.draw() | diagrams.draw() | signs.draw()


def draw(folder: Path) -> list[Path]:
    """Write every picture into the folder; returns the paths in order of name."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, contents in sorted(all_pictures().items()):
        path = folder / name
        path.write_bytes(contents)
        paths.append(path)
    return paths
