"""What a report says beside its numbers: where the ratings come from, and who rated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """For the methods paragraph; whatever is empty is not mentioned.

    `digest` is the SHA-256 of the file `source`. `raters` are the different people in
    all slices together. `left_out` are whole sentences, and so are `notes`, which are
    for the reader of the table alone and no part of the paragraph. `declared` says that
    the categories were given beforehand, and not read off the ratings.
    """

    source: str = ""
    digest: str = ""
    guideline: str = ""
    software: str = ""
    raters: int | None = None
    declared: bool = True
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterLine:
    """One rater beside the others of the same items, in all slices together.

    `agreement` is the mean share of an item's other ratings that say the same, over
    `shared` items; None exactly when `undefined` says why. `low` and `high` bound it;
    both are None where there is no interval.
    """

    rater: str
    ratings: int
    shared: int
    agreement: float | None
    low: float | None
    high: float | None
    undefined: str = ""
    kappa: float | None = None
