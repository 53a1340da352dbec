"""How far annotators agreed, as a release tells it: in its card and in its manifest.

What was measured is all that people judged by the project's rubric. The judgments of a
release are those of its rows, so its tables are told along with the numbers.
"""

from __future__ import annotations

from typing import Any

from corpus.formats.card import Table
from quality import measuring
from quality.models import Measurement
from quality.selecting import Selection

SCOPE = (
    "Measured over everything that was judged by the rubric {rubric}, also what is not "
    "in this release; `manifest.json` holds the tables the values were computed from."
)
HEADER = (
    "criterion",
    "language",
    "statistic",
    "value",
    "95 % interval",
    "items",
    "raters",
)


def measured(selection: Selection) -> list[Measurement]:
    """The newest measurements of the languages of a release, by the present rubric."""
    wanted = set(selection.languages)
    return [m for m in measuring.latest(selection.project) if m.language in wanted]


def table(measurements: list[Measurement]) -> Table | None:
    """A row for each statistic; what nobody rated is named below instead."""
    rows = [
        (
            measurement.question,
            measurement.language,
            estimate["name"],
            _number(estimate["value"]) or estimate["undefined"],
            _interval(estimate),
            str(measurement.pairable),
            str(measurement.raters),
        )
        for measurement in measurements
        if measurement.ratings
        for estimate in measurement.estimates
    ]
    unrated = _unrated([m for m in measurements if not m.ratings])
    scope = SCOPE.format(rubric=measurements[0].rubric) if rows else ""
    note = " ".join(filter(None, (unrated, scope)))
    return Table(HEADER, tuple(rows), note) if note else None


def facts(measurement: Measurement) -> dict[str, Any]:
    """Everything needed to compute the estimates, and the hash, once more."""
    return {
        "criterion": measurement.slice_name,
        "language": measurement.language,
        "rubric": str(measurement.rubric),
        "scale": measurement.scale,
        "labels": measurement.labels,
        "label_counts": measurement.label_counts,
        "items": measurement.items,
        "pairable": measurement.pairable,
        "ratings": measurement.ratings,
        "raters": measurement.raters,
        "table": measurement.table,
        "table_sha256": measurement.digest,
        "estimates": measurement.estimates,
    }


def _unrated(measurements: list[Measurement]) -> str:
    """Which criteria have no ratings, in which languages; nothing if there are none."""
    found: dict[str, list[str]] = {}
    for measurement in measurements:
        found.setdefault(measurement.question, []).append(measurement.language)
    named = "; ".join(f"{name} ({', '.join(own)})" for name, own in found.items())
    return f"Without ratings, and so without a row: {named}." if named else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(estimate: dict[str, Any]) -> str:
    if estimate["low"] is None:
        return "none"
    return f"{estimate['low']:.3f} to {estimate['high']:.3f}"
