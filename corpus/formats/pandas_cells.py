"""Which texts change silently when pandas reads a TSV with its defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: What `pandas.read_csv` takes for a missing cell, in exactly this spelling.
MISSING = frozenset(
    {
        "",
        "#N/A",
        "#N/A N/A",
        "#NA",
        "-1.#IND",
        "-1.#QNAN",
        "-NaN",
        "-nan",
        "1.#IND",
        "1.#QNAN",
        "<NA>",
        "N/A",
        "NA",
        "NULL",
        "NaN",
        "None",
        "n/a",
        "nan",
        "null",
    }
)

_INTEGER = re.compile(r"\s*[+-]?[0-9]+\s*")
_NUMBER = re.compile(
    r"\s*[+-]?(([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?|inf|infinity)\s*", re.I
)
_BOOLEAN = frozenset({"True", "TRUE", "true", "False", "FALSE", "false"})


def why_missing(text: str) -> str | None:
    """Why pandas would drop this text, or nothing."""
    if text in MISSING:
        return f"reads {text!r}, which readers of this file take for a missing cell"
    return None


def quoted(cell: str) -> str:
    """The cell as it stands in the file: quoted where a reader would split it."""
    if any(mark in cell for mark in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@dataclass(slots=True)
class ColumnCheck:
    """Watches one column: pandas reads it as numbers when all its cells look like some.

    Then `1.50` becomes 1.5 and `007` becomes 7, and with a blank among whole numbers
    `3` becomes 3.0. `altered` lists the rows whose text would not come back.
    """

    filled: int = 0
    cells: list[tuple[int, str]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def add(self, row: int, cell: str) -> None:
        self.filled += 1
        self.kinds.add(_kind(cell))
        # one word settles it: from then on the column is text, and safe
        if "text" in self.kinds:
            self.cells.clear()
        else:
            self.cells.append((row, cell))

    def altered(self, rows: int) -> list[int]:
        """The rows that would change, in a table of so many `rows`."""
        if "text" in self.kinds or len(self.kinds - {"integer", "float"}) > 1:
            return []
        if self.kinds == {"boolean"}:
            return [row for row, cell in self.cells if cell not in ("True", "False")]
        if "boolean" in self.kinds:
            return []
        whole = self.kinds == {"integer"} and self.filled == rows
        return [row for row, cell in self.cells if _as_read(cell, whole=whole) != cell]


def _kind(cell: str) -> str:
    if _INTEGER.fullmatch(cell):
        return "integer"
    if _NUMBER.fullmatch(cell):
        return "float"
    return "boolean" if cell in _BOOLEAN else "text"


def _as_read(cell: str, *, whole: bool) -> str:
    if not whole:
        return repr(float(cell))
    value = int(cell[:20])
    return str(value) if abs(value) < 2**63 else ""
