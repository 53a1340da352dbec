"""A report as JSON: everything in full precision, tables to compute it from again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from quality.agreement.reporting.methods import methods
from quality.agreement.reporting.report import LabelLine, Line, Report

FORMAT: Final = "agreement-report/1"


def as_json(report: Report) -> str:
    """The report as text that ends in a line break; see `content_of`."""
    text = json.dumps(content_of(report), ensure_ascii=False, indent=2, allow_nan=False)
    return text + "\n"


def content_of(report: Report) -> dict[str, Any]:
    """Plain values under stable names; `format` changes when a name does.

    `table` of a line is what its numbers were computed from: `PatternTable.from_json`
    reads it back. Withheld lines have none.
    """
    return {
        "format": FORMAT,
        "level": report.level,
        "least": report.least,
        "dimensions": list(report.dimensions),
        "facts": asdict(report.facts),
        "methods": methods(report),
        "lines": [_line(line) for line in report.lines],
        "raters": [asdict(rater) for rater in report.raters],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "slice": dict(line.slice),
        "scale": line.scale,
        "categories": list(line.categories),
        "values": line.values and list(line.values),
        "items": line.items,
        "pairable": line.pairable,
        "ratings": line.ratings,
        "raters": line.raters,
        "ratings_per_item": {str(r): n for r, n in line.ratings_per_item.items()},
        "estimates": [estimate.to_json() for estimate in line.estimates],
        "labels": [_label(label) for label in line.labels],
        "flags": [asdict(flag) for flag in line.flags],
        "withheld": line.withheld,
        "table": line.table and line.table.to_json(),
        "digest": line.table and line.table.digest(),
    }


def _label(label: LabelLine) -> dict[str, Any]:
    return {
        "label": label.label,
        "ratings": label.ratings,
        "share": label.share.to_json(),
        "agreement": label.agreement.to_json(),
    }
