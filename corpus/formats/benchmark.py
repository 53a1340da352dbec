"""One benchmark in all the forms its users read: tables, parquet, tasks. And the proof.

    vlmevalkit/<Name>_<language>.tsv          with <Name>.json for yes/no questions
    <home>/<language>/<split>-*.parquet       in the columns of the hub copy
    lmms-eval/<name>_<language>.yaml          tasks over the parquet files

Parquet holds every item. A table leaves out, in every language, the items that its
reader would change silently or drop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from corpus.content import Kind
from corpus.formats import (
    benchmark_parquet,
    lmms_eval_tasks,
    vlmevalkit_readme,
    vlmevalkit_tsv,
)
from corpus.formats.benchmark_proof import prove
from corpus.formats.benchmark_rows import Rows
from corpus.formats.benchmark_sets import benchmark_of
from corpus.formats.release import Part, ReleaseBlocked, ReleaseKey
from corpus.formats.vlmevalkit_names import Scoring, table_name
from corpus.languages import NAMES
from corpus.record import ReleaseItem

#: Reads the accepted items once more, sorted by language, dataset and key.
Items: TypeAlias = Callable[[], Iterable[ReleaseItem]]
TABLES: Final = "vlmevalkit"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a benchmark is to be written. `home` is the folder of its parquet files.

    `mark` keeps its name apart from that of another set which would be called the same.
    """

    dataset: str
    kind: Kind
    split: str
    home: str
    scoring: Scoring
    repeats: bool
    mark: str = ""

    @property
    def name(self) -> str:
        """What its tables are called, before the language."""
        named = table_name(self.dataset, split=self.split, scoring=self.scoring)
        return named + self.mark

    @property
    def rows(self) -> Rows:
        """Which rows stand for an item."""
        return Rows(circular=self.scoring == "circular", repeats=self.repeats)


def plan(
    dataset: str,
    *,
    kind: Kind,
    split: str = "test",
    home: str = "",
    circular: bool = True,
    repeats: bool = False,
    part: bool = False,
) -> Plan:
    """The plan for a dataset, by the rules of its benchmark.

    `circular`: MMBench with its rotated copies. `repeats`: a POPE question in every
    track that asks it. `part`: MME without its score, when it is not whole.
    """
    benchmark = benchmark_of(dataset)
    scoring: Scoring = "plain"
    if benchmark == "mmbench" and circular:
        scoring = "circular"
    if benchmark == "pope" and kind == "yes_no":
        scoring = "pope"
    if benchmark == "mme" and not part:
        scoring = "mme"
    return Plan(
        dataset,
        kind,
        _plain(split),
        home,
        scoring,
        repeats and benchmark == "pope",
    )


def _plain(split: str) -> str:
    """What upstream calls a split, as it may stand in file names and in YAML."""
    return re.sub("[^A-Za-z0-9_]+", "_", split).strip("_")[:40] or "test"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a benchmark, and why its tables lack some of its items."""

    parquet: tuple[Part, ...]
    tables: tuple[Part, ...]
    tasks: tuple[str, ...]
    not_in_tables: tuple[tuple[ReleaseKey, str], ...]


def write(items: Items, folder: Path, wanted: Plan) -> Written:
    """Writes and proves one benchmark below `folder`.

    `items` is called several times and must give the same items each time. Raises
    ReleaseBlocked naming items that are no longer upstream's or have no place in its
    columns, and ReleaseError for all else.
    """
    parquet = benchmark_parquet.write(
        items(),
        folder,
        home=wanted.home,
        split=wanted.split,
        rows=wanted.rows,
        whole=wanted.scoring == "mme",
    )
    prove(items(), folder, parquet, rows=wanted.rows)
    tables, reasons = _write_tables(items, folder / TABLES, wanted)
    tasks = lmms_eval_tasks.write(
        parquet, folder, name=wanted.name, kind=wanted.kind, scoring=wanted.scoring
    )
    named = [replace(part, path=f"{TABLES}/{part.path}") for part in tables]
    return Written(tuple(parquet), tuple(named), tuple(tasks), tuple(reasons))


def _write_tables(
    items: Items, home: Path, wanted: Plan
) -> tuple[list[Part], list[tuple[ReleaseKey, str]]]:
    """The tables, without what was blocked, until nothing is."""
    home.mkdir(parents=True, exist_ok=True)
    reasons: list[tuple[ReleaseKey, str]] = []
    blocked: frozenset[tuple[str, str]] = frozenset()
    while True:
        try:
            parts = vlmevalkit_tsv.write(
                _without(items(), blocked),
                home,
                name=wanted.name,
                split=wanted.split,
                scoring=wanted.scoring,
                repeats=wanted.repeats,
            )
        except ReleaseBlocked as block:
            _remove_tables(home, wanted.name)
            reasons += block.reasons
            blocked |= block.keys
            if next(iter(_without(items(), blocked)), None) is None:
                return [], reasons
        else:
            prove(_without(items(), blocked), home, parts, rows=wanted.rows)
            vlmevalkit_readme.write(home)
            return parts, reasons


def _without(
    items: Iterable[ReleaseItem], blocked: frozenset[tuple[str, str]]
) -> Iterator[ReleaseItem]:
    return (item for item in items if (item.dataset, item.key) not in blocked)


def _remove_tables(home: Path, name: str) -> None:
    """What was written of the languages before the one that was blocked."""
    for language in NAMES:
        (home / f"{name}_{language}.tsv").unlink(missing_ok=True)
