"""A report as CSV: one number a row, in full precision, for another program."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from quality.agreement.estimate import Estimate
from quality.agreement.ratios import Share
from quality.agreement.reporting.report import Line, Report

_SIGNED: Final = re.compile(r"[+-]\d+(\.\d+)?", re.ASCII)
Cell = str | int | float | None
COLUMNS: Final = (
    "scale",
    "items",
    "pairable",
    "raters",
    "ratings",
    "name",
    "category",
    "value",
    "standard_error",
    "low",
    "high",
    "level",
    "interval_method",
    "reason",
)


def as_csv(report: Report) -> str:
    """One row per slice, name and category, after the header.

    `reason` says why a value or an interval is not there. A withheld slice has one
    row without a name. A dimension that is called like one of `COLUMNS` gets "by " in
    front, and a name that a spreadsheet would take for a formula an apostrophe.
    """
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    dimensions = [f"by {d}" if d in COLUMNS else d for d in report.dimensions]
    writer.writerow([*map(guarded, dimensions), *COLUMNS])
    for line in report.lines:
        counts = (line.scale, line.items, line.pairable, line.raters, line.ratings)
        for row in _rows(line):
            writer.writerow([*map(guarded, line.slice.values()), *counts, *row])
    return target.getvalue()


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before its sign.

    A number with a sign stays one.
    """
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")) or _SIGNED.fullmatch(text):
        return text
    return f"'{text}"


def _rows(line: Line) -> Iterator[tuple[Cell, ...]]:
    if line.withheld:
        yield (*("",) * 8, line.withheld)
    for estimate in line.estimates:
        yield _row(estimate, "")
    for label in line.labels:
        yield _row(label.share, guarded(label.label))
        yield _row(label.agreement, guarded(label.label))


def _row(number: Estimate | Share, category: str) -> tuple[Cell, ...]:
    return (
        number.name,
        category,
        number.value,
        number.standard_error,
        number.low,
        number.high,
        number.level,
        number.interval_method,
        number.undefined or number.no_interval,
    )
