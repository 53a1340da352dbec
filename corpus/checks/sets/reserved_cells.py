"""No cell of a table changes when a program reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.checks.sets.member import SetFinding
from corpus.formats.pandas_cells import ColumnCheck, why_missing

ID = "set-reserved-cells/1"

_FORMULA_SIGNS = ("=", "+", "-", "@")


def check(rows: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[SetFinding]:
    """Blocks cells that pandas drops or alters, and those a spreadsheet would run.

    Each row is its key and its cells by column; an empty cell is a blank on purpose.
    """
    columns: dict[str, ColumnCheck] = {}
    keys: list[str] = []
    for place, (key, cells) in enumerate(rows):
        keys.append(key)
        for column, cell in cells.items():
            if not cell:
                continue
            columns.setdefault(column, ColumnCheck()).add(place, cell)
            if reason := why_missing(cell):
                yield SetFinding(ID, "block", f"The cell {reason}.", (key,), column)
            elif _is_run(cell):
                message = f"A spreadsheet takes {cell[:20]!r} for a formula."
                yield SetFinding(ID, "block", message, (key,), column)
    for column, watched in columns.items():
        for place in watched.altered(len(keys)):
            message = "All cells of this column look like numbers: this one changes."
            yield SetFinding(ID, "block", message, (keys[place],), column)


def _is_run(cell: str) -> bool:
    """Would a spreadsheet calculate this? A number with its sign is itself."""
    if not cell.startswith(_FORMULA_SIGNS):
        return False
    rest = cell[1:].strip().replace(",", ".")
    return bool(rest) and not rest.replace(".", "", 1).isdigit()
