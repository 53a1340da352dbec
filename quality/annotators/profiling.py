"""What is known of the annotators of one slice, as plain values to store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from annotation.models import Criterion
from quality.annotators import pairs
from quality.annotators.reading import Columns
from quality.measuring import Slice
from quality.reliability import (
    Drift,
    LeaveOneOut,
    Measured,
    Pace,
    Ratings,
    Verdict,
    connectedness,
    dawid_skene,
    drift,
    leave_one_out,
    mace,
    pace,
    pseudo_counts,
    severity,
    spammers,
    why_no_model,
)

#: Of the content's shape and of the formulas behind it. A change is a new number.
FORMAT: Final = "annotators/1"
ORDERED: Final = (Criterion.Scale.ORDINAL, Criterion.Scale.BINARY)
_NORMAL_95: Final = 1.959964

Content = dict[str, Any]


def profile(columns: Columns, part: Slice) -> Content:
    """Everything the page of a slice shows.

    {"raters": one entry per annotator, "pairs": one per two who share an item,
    "graph": how all of them hang together, "no_model": why nothing models them}.
    Measured numbers stand as {value, low, high, n, undefined, no_interval}.
    """
    ratings = Ratings.from_columns(
        columns.items,
        columns.raters,
        columns.labels,
        len(part.labels),
        at=columns.at,
    )
    return {
        "raters": [
            {name: value for part in row for name, value in part.items()}
            for row in zip(*_parts(ratings, columns, part), strict=True)
        ],
        "pairs": list(pairs.contents(ratings, part)),
        "graph": asdict(connectedness(ratings)),
        "no_model": why_no_model(ratings),
    }


def measured(found: Measured) -> Content:
    content = asdict(found)
    del content["level"]
    return content


def _parts(ratings: Ratings, columns: Columns, part: Slice) -> list[list[Content]]:
    """What each method says, one entry per annotator, all in the same order."""
    paces = pace(columns.raters, columns.seconds, at=columns.at)
    found = spammers(ratings, categories=part.labels, paces=paces)
    return [
        [_beside(ratings, n, one) for n, one in enumerate(leave_one_out(ratings))],
        _severity(ratings, part),
        [_drift(one) for one in drift(ratings)],
        [_pace(one) for one in paces],
        list(_models(ratings, is_ordered=part.scale == Criterion.Scale.ORDINAL)),
        [_signs(one) for one in found],
    ]


def _severity(ratings: Ratings, part: Slice) -> list[Content]:
    """Only where the labels have an order, be it that of no and yes."""
    if part.criterion is None or part.scale not in ORDERED:
        return [{"severity": None}] * ratings.n_raters
    found = severity(ratings, values=part.criterion.values)
    return [{"severity": measured(one.bias)} for one in found]


def _beside(ratings: Ratings, place: int, found: LeaveOneOut) -> Content:
    return {
        "rater": found.rater,
        "ratings": int(ratings.per_rater[place]),
        "agreement": measured(found.agreement),
        "majority": measured(found.majority),
        "kappa": measured(found.kappa),
    }


def _drift(found: Drift) -> Content:
    return {
        "windows": [
            {"first": w.first, "last": w.last, **measured(w.agreement)}
            for w in found.windows
        ],
        "drift": asdict(found.own),
        "beside": asdict(found.beside),
    }


def _pace(found: Pace) -> Content:
    return {
        "median": measured(found.median),
        "fast": measured(found.fast),
        "threshold": found.threshold,
        "usual": found.usual,
    }


def _models(ratings: Ratings, *, is_ordered: bool) -> Iterator[Content]:
    """Competence by MACE and reliability by Dawid and Skene; None without a model."""
    if why_no_model(ratings):
        yield from (
            {"competence": None, "reliability": None} for _ in ratings.rater_names
        )
        return
    smoothing = pseudo_counts(ratings.n_categories, ordered=is_ordered)
    right = dawid_skene(ratings, smoothing=smoothing).reliability
    fitted = mace(ratings)
    reach = _NORMAL_95 * fitted.competence_error
    low = np.maximum(fitted.mean_competence - reach, 0.0)
    high = np.minimum(fitted.mean_competence + reach, 1.0)
    columns = (fitted.mean_competence, low, high, right)
    for value, least, most, reliability in zip(*columns, strict=True):
        yield {
            "competence": {
                "value": float(value),
                "low": float(least),
                "high": float(most),
            },
            "reliability": float(reliability),
        }


def _signs(found: Verdict) -> Content:
    return {
        "shared": found.n,
        "flagged": found.flagged,
        "evidence": [sign.sentence for sign in found.evidence],
        "cannot_tell": found.cannot_tell,
    }
