"""Every picture of the demonstration, by file name."""

from __future__ import annotations

from demonstration import charts, diagrams, photographs, signs


def all_pictures() -> dict[str, bytes]:
    """Name -> file bytes. The same bytes each time with the same packages."""
    return photographs.read() | charts.draw() | diagrams.draw() | signs.draw()
