"""Two annotators of one slice: what each gave to the items that both have rated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from annotation.models import Project
from quality import measuring
from quality.agreement import PairTable, RaterTable, cohen_kappa, measure
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.measuring import Slice
from quality.models import Measurement, Reliability
from quality.reliability import Ratings

#: The name by which slices are narrowed to two annotators.
BY: Final = "pair"
#: So many pairs of a slice, those that share most items, stand among its slices.
SHOWN: Final = 6


def contents(ratings: Ratings, part: Slice) -> Iterator[dict[str, Any]]:
    """One entry per two annotators who share an item, as plain values.

    {"one", "other": their ids, "shared": items, "confusion": rows of `one`,
    "estimates": by published name}; no estimates below `LEAST_PAIRABLE` items.
    """
    table = RaterTable.from_ratings(
        ratings.units,
        ratings.raters,
        ratings.labels,
        part.labels,
        [str(name) for name in ratings.rater_names.tolist()],
    )
    for one, other, pair in table.every_pair():
        yield {
            "one": int(one),
            "other": int(other),
            "shared": pair.n_items,
            "confusion": pair.confusion.tolist(),
            "estimates": _estimates(pair, part.scale),
        }


def _estimates(pair: PairTable, scale: str) -> dict[str, dict[str, Any]]:
    if pair.n_items < LEAST_PAIRABLE:
        return {}
    found = (*measure(pair.patterns, scale), cohen_kappa(pair))
    kept = ("value", "low", "high", "undefined", "no_interval")
    return {e.name: {name: getattr(e, name) for name in kept} for e in found}


def measurements(project: Project, rows: list[Reliability]) -> list[Measurement]:
    """The slices narrowed to pairs of annotators; computed, not stored.

    `value` is the two ids with a + between them.
    """
    found = [
        _measurement(row, pair)
        for row in rows
        for pair in most_shared(row.content["pairs"])
    ]
    return measuring.in_order(project, found)


def most_shared(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pairs that share most items and enough of them, the first of equals first."""
    enough = (pair for pair in pairs if pair["shared"] >= LEAST_PAIRABLE)
    return sorted(enough, key=lambda pair: -pair["shared"])[:SHOWN]


def _measurement(row: Reliability, pair: dict[str, Any]) -> Measurement:
    part = Slice(row.project, row.language, row.criterion)
    confusion = np.array(pair["confusion"], np.int64)
    table = PairTable(tuple(part.labels), confusion).patterns
    found = measuring.measurement_of(part, table, raters=2)
    found.by, found.value = BY, f"{pair['one']}+{pair['other']}"
    return found
