"""Rows of a file, a batch to a transaction, and what became of them.

Good rows go in batch by batch and bad ones are reported with line and reason, or, with
`strict`, nothing goes in at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any, NamedTuple, Protocol, TypeVar

from django.conf import settings
from django.db import transaction

from annotation import jobs
from annotation.errors import Invalid
from corpus.plain_text import counted, storable
from corpus.record import RowError, merged
from corpus.sources.sizing import lines_of

BATCH = 500
BATCH_BYTES = 32 * 1024 * 1024
ERRORS_KEPT = 5000
LONGEST_ERROR = 300


class Placed(Protocol):
    """A row that knows its line in the file; 0 if it comes from none."""

    @property
    def line(self) -> int: ...


Row = TypeVar("Row", bound=Placed)


class Remark(NamedTuple):
    """A sentence about one row, and about `{n}` rows."""

    one: str
    many: str

    def of(self, n: int) -> str:
        return self.one if n == 1 else self.many.format(n=n)


@dataclass(slots=True)
class Report:
    """What became of the rows of a file.

    `repeats` are rows that only say again what others say. `warnings` name rows that
    went in all the same. `remarks` say of how many rows something is true.
    """

    added: int = 0
    unchanged: int = 0
    refused: int = 0
    repeats: int = 0
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    remarks: Counter[Remark] = field(default_factory=Counter)

    def refuse(self, error: RowError) -> None:
        self.refused += 1
        _keep(error, self.errors)

    def warn(self, error: RowError, remark: Remark) -> None:
        """Of a row that went in: what is odd about it."""
        self.remarks[remark] += 1
        _keep(error, self.warnings)

    def count_earlier(self, added: int) -> None:
        """Rows that an attempt before this one added are no rows that were there."""
        earlier = min(added, self.unchanged)
        self.added += earlier
        self.unchanged -= earlier

    @property
    def rows(self) -> int:
        return self.added + self.unchanged + self.refused + self.repeats

    @property
    def mind(self) -> str:
        """What whoever imports should know beside the counts; mostly nothing."""
        return " ".join(said.of(n) for said, n in self.remarks.items() if n)

    def result(self, mind: str = "") -> dict[str, Any]:
        """As a job keeps it; `mind` is what to know that is of no rows."""
        told = " ".join(filter(None, (self.mind, mind)))
        return {
            "added": self.added,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "errors": self.errors,
            **({"warnings": self.warnings} if self.warnings else {}),
            **({"read": self._read} if self.repeats else {}),
            **({"mind": told} if told else {}),
        }

    @property
    def _read(self) -> str:
        return merged(self.rows, self.repeats, self.refused)


def _keep(error: RowError, among: list[str]) -> None:
    if len(among) < ERRORS_KEPT:
        among.append(storable(str(error), LONGEST_ERROR))


def put_in(
    rows: Iterable[Row],
    put: Callable[[list[Row], Report], None],
    *,
    weigh: Callable[[Row], int] = lambda row: 0,
    strict: bool = False,
    progress: Callable[[int], None] = lambda line: None,
    saved: Callable[[int], None] = lambda added: None,
    grown: Callable[[int], None] = lambda batches: None,
) -> Report:
    """Give `put` the rows in batches, each in a transaction, or all of them in one.

    A batch is full with BATCH rows, or as soon as they weigh BATCH_BYTES bytes.
    `progress` is told how far in the file the last row stands; `saved` how many were
    added so far, in the transaction that adds them; `grown` how many batches are in.
    Raises Invalid in strict mode if a row is bad.
    """
    report = Report()
    with transaction.atomic() if strict else nullcontext():
        for batches, batch in enumerate(_batches(rows, weigh), 1):
            with transaction.atomic():
                put(batch, report)
                if not strict:
                    saved(report.added)
            grown(batches)
            progress(int(batch[-1].line) or report.rows)
        if strict and report.refused:
            listed = "\n".join(report.errors[:20])
            bad = counted(report.refused, "bad row", "bad rows")
            raise Invalid(f"Nothing was imported: {bad}.\n{listed}")
        if strict:
            saved(report.added)
    return report


def _batches(rows: Iterable[Row], weigh: Callable[[Row], int]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    weight = 0
    for row in rows:
        batch.append(row)
        weight += weigh(row)
        if len(batch) == BATCH or weight >= BATCH_BYTES:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def file_of(run: jobs.Run) -> Path:
    """The file that an import job reads. Raises Invalid if it is gone."""
    path = Path(run.job.arguments["path"])
    if not path.is_file():
        raise Invalid(f"There is no file {path.name} any more. Upload it again.")
    return path


def reading(run: jobs.Run, path: Path) -> Callable[[int], None]:
    """Tells the job how many rows of the file were read."""
    tell = run.note if run.job.arguments.get("strict") else run.progress
    return partial(tell, "rows read", total=lines_of(path) or None)


def let_go(path: Path) -> None:
    """Remove an upload of the import page once this transaction has committed.

    It is ours, and was read to its end: nobody needs it again.
    """
    if path.parent.parent == settings.INCOMING_DIR:
        transaction.on_commit(partial(rmtree, path.parent, ignore_errors=True))
