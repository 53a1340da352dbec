"""Models beside people as files: CSV, one number a row, and JSON with the tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, Final

from corpus.languages import NAMES
from quality.agreement.reporting.as_csv import guarded
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.machines.renewing import RATER
from quality.models import MachineAgreement

FORMAT: Final = "machine-agreement/1"
WITHHELD: Final = f"withheld: fewer than {LEAST_PAIRABLE} items"
WARNING: Final = (
    "Machine ratings are kept apart: they are no part of people's agreement, and no "
    "text is accepted or rejected by them."
)
_NUMBER: Final = (
    "value",
    "standard_error",
    "low",
    "high",
    "level",
    "interval_method",
)
_COUNTS: Final = ("scale", "items", "ratings")
COLUMNS: Final = (
    *RATER,
    "criterion",
    "language",
    *_COUNTS,
    "of",
    "name",
    *_NUMBER,
    "reason",
)
Content = dict[str, Any]


def as_csv(found: Sequence[MachineAgreement]) -> str:
    """One row per number after the header, in full precision.

    `of` says whose it is: the machine's with people, people's among themselves, or the
    difference of the two. `reason` says why a value or an interval is not there.
    """
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        counts = (getattr(row, name) for name in _COUNTS)
        rater = map(guarded, _rater(row).values())
        place = (*rater, row.slice_name, NAMES[row.language], *counts)
        for of, number in _numbers(row):
            reason = number["undefined"] or number["no_interval"]
            name = number.get("name", "")
            said = (number.get(field, "") for field in _NUMBER)
            writer.writerow([*place, of, name, *said, reason])
    return target.getvalue()


def as_json(found: Sequence[MachineAgreement]) -> str:
    """Plain values under stable names; withheld ones are without numbers and table."""
    content = {
        "format": FORMAT,
        "warning": WARNING,
        "least": LEAST_PAIRABLE,
        "lines": [_line(row) for row in found],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def is_withheld(row: MachineAgreement) -> bool:
    """Whether there are too few items to say a number."""
    return row.items < LEAST_PAIRABLE


def _numbers(row: MachineAgreement) -> Iterator[tuple[str, Content]]:
    if is_withheld(row):
        yield "", {"undefined": WITHHELD, "no_interval": ""}
        return
    for beside in row.comparisons:
        # The difference has the name of what it is a difference of.
        named = {"name": beside["machine"]["name"]}
        yield "machine", beside["machine"]
        yield "people", beside["people"]
        yield "difference", beside["difference"] | named
    for number in row.leaning.values():
        yield "difference", number


def _line(row: MachineAgreement) -> Content:
    withheld = is_withheld(row)
    return {
        "machine": _rater(row),
        "criterion": row.slice_name,
        "language": row.language,
        "scale": row.scale,
        "categories": row.labels,
        "items": row.items,
        "ratings": row.ratings,
        "comparisons": [] if withheld else row.comparisons,
        "leaning": {} if withheld else row.leaning,
        "withheld": WITHHELD if withheld else "",
        "table": None if withheld else row.table,
        "digest": None if withheld else row.digest,
        "measured": row.created_at.isoformat(),
    }


def _rater(row: MachineAgreement) -> dict[str, str]:
    return {name: getattr(row, name) for name in RATER}
