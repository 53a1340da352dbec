"""A benchmark: one TSV per language, as VLMEvalKit reads it under a new name.

`index`, option count and order, key and picture bytes are those of the upstream item.
Rows that share a picture hold it once; the others name the index of the first.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from os import PathLike
from pathlib import Path
from typing import TextIO

from corpus.formats.benchmark_rows import Rows
from corpus.formats.mme import Wholeness
from corpus.formats.pandas_cells import ColumnCheck, quoted
from corpus.formats.release import (
    Part,
    ReleaseBlocked,
    ReleaseError,
    ReleaseKey,
    in_order,
    key_of,
    verified_bytes,
)
from corpus.formats.vlmevalkit_names import Scoring, require_name
from corpus.formats.vlmevalkit_rows import ALL_OR_NONE, ORDER, cells, refusals
from corpus.record import ReleaseItem

#: A picture cell up to this long would be read as a reference to another row.
LONGEST_REFERENCE = 64


def write(
    items: Iterable[ReleaseItem],
    folder: Path,
    *,
    name: str,
    split: str = "test",
    scoring: Scoring = "plain",
    repeats: bool = False,
) -> list[Part]:
    """Writes `<name>_<language>.tsv`, and `<name>.json` for yes/no items.

    Items are sorted by language, dataset, key, and all of one kind: VLMEvalKit reads
    a file with one class. `scoring` is what the name asks for: "circular" adds the
    copies of MMBench, "mme" takes MME only whole. With `repeats` a POPE question has
    a row for every track it is asked in. Texts are spooled, so one picture is in
    memory at a time. Raises ReleaseBlocked naming every row that a reader would
    change silently, and ReleaseError for all else.
    """
    parts: list[Part] = []
    kinds: set[str] = set()
    rows = Rows(circular=scoring == "circular", repeats=repeats)
    for language, own in groupby(in_order(items), key=lambda item: item.language):
        stem = require_name(f"{name}_{language}", scoring=scoring)
        path, spool = folder / f"{stem}.tsv", folder / f"{stem}.unfinished"
        if path.exists():
            raise ReleaseError(f"{path.name} is already there.")
        try:
            survey = _survey(own, spool, rows)
            kinds |= survey.kinds
            if len(kinds) > 1:
                raise ReleaseError(f"{stem} would mix {' and '.join(sorted(kinds))}.")
            if scoring == "mme" and (reason := survey.wholeness.why_not()):
                raise ReleaseError(f"{stem} would not be the whole of MME: {reason}.")
            _write_table(spool, path, survey)
        finally:
            spool.unlink(missing_ok=True)
        size = path.stat().st_size
        parts.append(Part(path.name, language, split, survey.rows, size))
    if not parts:
        raise ReleaseError("There is no item to release.")
    if kinds == {"yes_no"}:
        _write_run_configuration(folder / f"{name}.json", parts)
    return parts


@dataclass(slots=True)
class _Survey:
    """What the first pass learns about a table: its columns and their cells."""

    keys: list[ReleaseKey] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    indexes: dict[str, int] = field(default_factory=dict)
    checks: dict[str, ColumnCheck] = field(default_factory=dict)
    wholeness: Wholeness = field(default_factory=Wholeness)
    #: Of each picture by its hash: a path may not outlast the moment it is asked for.
    pictures: dict[str, str | PathLike[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.keys)

    def add(self, item: ReleaseItem, row: dict[str, str]) -> list[str]:
        """Takes a row in; returns why it must not be written."""
        reasons = refusals(item)
        first = self.indexes.setdefault(row["index"], self.rows)
        if first != self.rows:
            reasons.append(f"has the index of {self.keys[first]}")
        for column, cell in row.items():
            self.checks.setdefault(column, ColumnCheck()).add(self.rows, cell)
        self.keys.append(key_of(item))
        self.kinds.add(item.content.kind)
        self.wholeness.add(item)
        self.pictures[item.image_sha256] = item.image_path
        return reasons

    def altered(self) -> list[tuple[ReleaseKey, str]]:
        """Rows whose text would not survive because their whole column is numbers."""
        return [
            (
                self.keys[row],
                f"column {column} is all numbers, and this cell would change",
            )
            for column in self.columns()
            if column not in ("index", "image")
            for row in self.checks[column].altered(self.rows)
        ]

    def columns(self) -> list[str]:
        return [name for name in ORDER if name == "image" or self._has(name)]

    def _has(self, column: str) -> bool:
        filled = self.checks[column].filled if column in self.checks else 0
        return filled == self.rows if column in ALL_OR_NONE else filled > 0


def _survey(items: Iterator[ReleaseItem], spool: Path, rows: Rows) -> _Survey:
    """First pass: the texts go to the spool file, one JSON line per row."""
    survey = _Survey()
    blocked: list[tuple[ReleaseKey, str]] = []
    with spool.open("w", encoding="utf-8") as file:
        for item in items:
            if reasons := rows.refusals(item):
                blocked += [(key_of(item), reason) for reason in reasons]
                continue
            for one in rows.of(item):
                row = cells(one)
                blocked += [(key_of(one), reason) for reason in survey.add(one, row)]
                file.write(json.dumps([row, one.image_sha256]) + "\n")
    if blocked := blocked or survey.altered():
        raise ReleaseBlocked(list(dict.fromkeys(blocked)))
    return survey


def _write_table(spool: Path, path: Path, survey: _Survey) -> None:
    """Second pass: the rows with their pictures, in the columns now known."""
    columns, pictures = survey.columns(), survey.pictures
    holders: dict[str, str] = {}
    with (
        spool.open(encoding="utf-8") as rows,
        path.open("w", encoding="utf-8", newline="") as file,
    ):
        _write_line(file, columns)
        for line in rows:
            row, sha256 = json.loads(line)
            row["image"] = holders.get(sha256) or _picture(pictures[sha256], sha256)
            holders.setdefault(sha256, row["index"])
            _write_line(file, [row.get(column, "") for column in columns])


def _write_line(file: TextIO, row: list[str]) -> None:
    file.write("\t".join(map(quoted, row)) + "\n")


def _picture(path: str | PathLike[str], sha256: str) -> str:
    cell = base64.b64encode(verified_bytes(path, sha256)).decode()
    if len(cell) <= LONGEST_REFERENCE:
        raise ReleaseError(f"Image {sha256} is too small to be a picture.")
    return cell


def _write_run_configuration(path: Path, parts: list[Part]) -> None:
    """VLMEvalKit takes an unknown file for free questions unless told the class."""
    names = [Path(part.path).stem for part in parts]
    classes = {n: {"class": "ImageYORNDataset", "dataset": n} for n in names}
    path.write_text(json.dumps(classes, indent=2, sort_keys=True) + "\n", "utf-8")
