"""Which source is a file of? Told by its columns, where they leave no doubt."""

from __future__ import annotations

from pathlib import Path

from corpus.record import RowError
from corpus.sources import READERS, jsonl, parquet
from corpus.sources.source import Source, SourceError
from corpus.sources.tsv import Table


def guess(path: Path) -> Source:
    """The one source whose columns the file has. Raises SourceError if none or several.

    A source that asks for more of the columns wins over one that asks for fewer of
    the same: every MME table would pass for one of POPE.
    """
    if not path.is_file():
        raise SourceError(f"{path.name}: there is no such file.")
    found = columns_of(path)
    fitting = {
        source.name: source.files[suffix].columns
        for source in READERS.values()
        for suffix in source.files
        if suffix == path.suffix.lower() and source.files[suffix].columns <= found
    }
    closest = [
        name
        for name, columns in fitting.items()
        if not any(columns < others for others in fitting.values())
    ]
    if len(closest) != 1:
        names = " or ".join(closest) if closest else "no known source"
        raise SourceError(
            f"{path.name}: the columns are those of {names}; name the source."
        )
    return READERS[closest[0]]


def require(source: Source, path: Path) -> None:
    """Raises SourceError where the columns are those of another source that asks for
    more: every MME table could be read as one of POPE, and would go out under its terms.

    What the reader of the source itself complains of is left to it.
    """
    suffix = path.suffix.lower()
    kind = source.files.get(suffix)
    if kind is None or not path.is_file():
        return
    try:
        found = columns_of(path)
    except SourceError:
        return
    others = sorted(
        other.name
        for other in READERS.values()
        if suffix in other.files and kind.columns < other.files[suffix].columns <= found
    )
    if others:
        raise SourceError(
            f"{path.name}: the columns are those of {' or '.join(others)}, which has "
            f"other terms than {source.name}. Import it as that."
        )


def columns_of(path: Path) -> frozenset[str]:
    """The columns of a table, or the fields of the first line of JSON."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return frozenset(parquet.column_names(path))
    if suffix == ".tsv":
        with path.open("rb") as file:
            return frozenset(Table(path, file).columns)
    if suffix in (".json", ".jsonl"):
        _, row = next(jsonl.rows(path))
        if isinstance(row, RowError):
            raise SourceError(f"{path.name}: {row}.")
        return frozenset(row)
    known = sorted({suffix for source in READERS.values() for suffix in source.files})
    raise SourceError(f"{path.name}: only {', '.join(known)} files are read.")
