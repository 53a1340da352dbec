"""How to run the tables of a release, written beside them."""

from __future__ import annotations

from pathlib import Path

from corpus.formats.release import ReleaseError

_README = """\
# Running these tables with VLMEvalKit

Let `LMUData` name this folder, and start VLMEvalKit's `run.py` with the name of a table:

{commands}
A yes/no set needs its JSON file: it tells the class that reads the table. Questions are
in the language of the table; answers are the letters of the options, or Yes and No in
English, the only words its scorer knows: yes/no questions end by asking for them.

{tables}
"""
_CHOICE = "    LMUData=... python run.py --data {table} --model ...\n"
_YES_NO = (
    "    LMUData=... python run.py --data {table} "
    '--data-config "$(cat {told})" --model ...\n'
)


def write(home: Path) -> None:
    """Writes README.md about all tables that lie in `home`. Raises ReleaseError."""
    tables = sorted(path.stem for path in home.glob("*.tsv"))
    if not tables:
        raise ReleaseError(f"There is no table in {home.name}.")
    told = {table: _told(home, table) for table in tables}
    choice = next((table for table in tables if not told[table]), "")
    yes_no = next((table for table in tables if told[table]), "")
    commands = _CHOICE.format(table=choice) if choice else ""
    if yes_no:
        commands += _YES_NO.format(table=yes_no, told=told[yes_no])
    listed = "\n".join(f"- {table}" for table in tables)
    text = _README.format(commands=commands, tables=listed)
    (home / "README.md").write_text(text, "utf-8")


def _told(home: Path, table: str) -> str:
    """The run configuration of a table's set; "" if it needs none."""
    told = home / f"{table.rpartition('_')[0]}.json"
    return told.name if told.exists() else ""
