"""Candidate texts in a file beside a source, put to the checks without an import.

One JSON object per line: {"key": "241", "language": "fr", "content": {...}}, where key
is that of the record and the content has the fields of its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from corpus import checks
from corpus.checks import Finding, Relation
from corpus.checks.context import context_of
from corpus.content import BENCHMARK_KINDS, ContentError, parse
from corpus.languages import NAMES
from corpus.record import Record, RowError
from corpus.sources import jsonl
from corpus.sources.cells import Cells, name
from corpus.sources.source import CellError

FIELDS = {"key", "language", "content"}


@dataclass(slots=True)
class Trial:
    """What the checks say of the candidates. Lists are cut after `keep`; None is all.

    `languages` are those that a candidate can be in.
    """

    keep: int | None = 20
    languages: tuple[str, ...] = tuple(NAMES)
    candidates: int = 0
    blocked: int = 0
    warned: int = 0
    bad: int = 0
    errors: list[RowError] = field(default_factory=list)
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    _waiting: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _file: BinaryIO | None = None
    _example: str = ""

    @contextmanager
    def of(self, path: Path) -> Iterator[Trial]:
        """Opens the candidates. At the end those without a record are bad.

        Only keys and places are in memory, not the texts.
        """
        for line, offset, row in jsonl.placed_rows(path):
            self.candidates += 1
            if isinstance(row, RowError):
                self._refuse(row)
                continue
            try:
                key = _key(row)
            except CellError as error:
                self._refuse(RowError(line, error.column, error.reason))
            else:
                self._waiting.setdefault(key, []).append((line, offset))
        with path.open("rb") as self._file:
            yield self
        for key, places in self._waiting.items():
            for line, _ in places:
                self._refuse(RowError(line, "key", self._unknown(key)))

    def _unknown(self, key: str) -> str:
        like = f"; its keys look like {self._example!r}" if self._example else ""
        return f"there is no row {key[:80]!r} in the source{like}"

    def put(self, record: Record) -> None:
        """Runs the checks on the candidates of this record."""
        self._example = self._example or record.key
        for line, offset in self._waiting.pop(record.key, []):
            assert self._file is not None
            try:
                self._check(line, jsonl.row_at(self._file, offset), record)
            except CellError as error:
                self._refuse(RowError(line, error.column, error.reason))

    @property
    def is_good(self) -> bool:
        """Is every line a candidate, and none of them blocked?"""
        return not self.bad and not self.blocked

    def as_json(self) -> dict[str, Any]:
        """All figures, as JSON has them."""
        return {
            "candidates": self.candidates,
            "blocked": self.blocked,
            "warned": self.warned,
            "bad": self.bad,
            "errors": [error.as_json() for error in self.errors],
            "findings": [
                {"check": check, "severity": severity, "count": count}
                for (check, severity), count in sorted(self.findings.items())
            ],
            "examples": self.examples,
        }

    def _check(self, line: int, row: Cells, record: Record) -> None:
        language = row.get("language")
        if not isinstance(language, str) or language not in self.languages:
            raise CellError("language", f"expected one of {', '.join(self.languages)}")
        try:
            candidate = parse(record.content.kind, row.get("content"))
        except ContentError as error:
            raise CellError("content", str(error)) from None
        found = checks.run(
            record.content,
            candidate,
            language,
            relation=_relation(record),
            context=context_of(record.upstream, languages=self.languages),
        )
        severities = {finding.severity for finding in found}
        self.blocked += "block" in severities
        self.warned += severities == {"warn"}
        for finding in found:
            self._note(line, row, finding)

    def _note(self, line: int, row: Cells, finding: Finding) -> None:
        self.findings[finding.check, finding.severity] += 1
        if self.keep is None or len(self.examples) < self.keep:
            place = {"line": line, "key": row["key"], "language": row["language"]}
            self.examples.append(
                place
                | {
                    "check": finding.check,
                    "severity": finding.severity,
                    "field": finding.field,
                    "message": finding.message,
                }
            )

    def _refuse(self, error: RowError) -> None:
        self.bad += 1
        if self.keep is None or len(self.errors) < self.keep:
            self.errors.append(error)


def _key(row: Cells) -> str:
    if unknown := sorted(set(row) - FIELDS):
        raise CellError(unknown[0][:80], "there is no such field")
    return name("key", row.get("key"))


def _relation(record: Record) -> Relation:
    """Benchmarks are translated from their source, training texts made anew."""
    is_benchmark = record.content.kind in BENCHMARK_KINDS
    return "translated" if is_benchmark else "regenerated"
