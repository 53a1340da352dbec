"""Each rater of a report beside the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quality.agreement.reading import Reading, SliceRatings
from quality.agreement.reporting import RaterLine
from quality.reliability import LeaveOneOut, Ratings, leave_one_out


def rater_lines(reading: Reading, *, least: int, level: float) -> list[RaterLine]:
    """One line per rater, most ratings first; none on a numeric scale or for one rater.

    Fewer than `least` shared items give no number.
    """
    if not reading.categories or reading.n_raters < 2:
        return []
    ratings = Ratings.from_columns(
        np.concatenate([part.units for part in reading.slices]),
        np.concatenate([part.raters for part in reading.slices]),
        np.concatenate([_labels(part, reading) for part in reading.slices]),
        len(reading.categories),
    )
    counts = dict(
        zip(ratings.rater_names.tolist(), ratings.per_rater.tolist(), strict=True)
    )
    lines = [
        _line(found, reading.rater_names[found.rater], counts[found.rater], least)
        for found in leave_one_out(ratings, level=level)
    ]
    return sorted(lines, key=lambda line: (-line.ratings, line.rater))


def _labels(part: SliceRatings, reading: Reading) -> NDArray[np.int64]:
    """The labels of a slice among the categories of all slices."""
    places = {name: place for place, name in enumerate(reading.categories)}
    among = np.array([places[name] for name in part.categories], np.int64)
    return among[part.values.astype(np.int64)]


def _line(found: LeaveOneOut, rater: str, ratings: int, least: int) -> RaterLine:
    agreement = found.agreement
    reason = agreement.undefined
    if agreement.n < least:
        reason = reason or f"fewer than {least} shared items"
    if reason:
        return RaterLine(
            rater=rater,
            ratings=ratings,
            shared=agreement.n,
            agreement=None,
            low=None,
            high=None,
            undefined=reason,
        )
    return RaterLine(
        rater=rater,
        ratings=ratings,
        shared=agreement.n,
        agreement=agreement.value,
        low=agreement.low,
        high=agreement.high,
        kappa=found.kappa.value,
    )
