"""What a study costs, from what the project has seen so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from annotation.models import Project
from quality.agreement import (
    METRICS,
    SCALES,
    TITLES,
    Comparison,
    PatternTable,
    Plan,
    Share,
    comparison,
    plans,
    share_of_ratings,
)
from quality.agreement.power import correlation_within, power_of, share_spread
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.models import Measurement, Reliability
from quality.slices import one_of

RATERS: Final = (2, 3, 4, 5)
NO_PILOT: Final = (
    f"The pilot has fewer than {LEAST_PAIRABLE} items with two ratings: judge some "
    "more, then plan."
)


@dataclass(frozen=True, slots=True)
class Study:
    """What a comparison of two generators takes. `now` is the power of what is there.

    `one` and `other` are the shares seen, the same twice where one generator alone has
    written; `correlation` is how alike ratings of one item are, 0 to 1.
    """

    needed: Comparison
    one: Share
    other: Share
    correlation: float
    now: float | None


def coefficients_of(scale: str) -> list[tuple[str, str]]:
    """The coefficients shown for a scale: published name and title."""
    return [(name, TITLES[name]) for name in SCALES[scale]]


def usual_seconds(project: Project, language: str) -> float | None:
    """The middle annotator's median time for one judgment, all questions together.

    From the annotators as they were last measured; None before that.
    """
    row = Reliability.objects.filter(
        project=project, rubric=project.rubric_id, language=language, criterion=None
    ).first()
    return float(row.content["raters"][0]["usual"]) or None if row else None


def costs(
    pilot: Measurement,
    name: str,
    *,
    half_width: float,
    overlap: float,
    seconds: float,
) -> tuple[Plan, ...] | str:
    """A plan for each number of raters, or a sentence that says why there is none."""
    if pilot.pairable < LEAST_PAIRABLE:
        return NO_PILOT
    found = plans(
        PatternTable.from_json(pilot.table),
        METRICS[name],
        half_width=half_width,
        raters=RATERS,
        seconds_per_rating=seconds,
        overlap=overlap,
    )
    if isinstance(found, str):
        return f"The pilot does not tell: {found}."
    return found


def study(
    one: Measurement,
    other: Measurement,
    label: str,
    *,
    difference: float,
    raters: int,
    seconds: float,
    power: float,
) -> Study | str:
    """What it takes to see that much difference in the share of `label`, or why not."""
    if min(one.pairable, other.pairable) < LEAST_PAIRABLE:
        return NO_PILOT
    sides = [_share(side, label) for side in (one, other)]
    if any(side.value in (0, 1) for side in sides):
        return f"“{label}” was given always or never: no share to plan with."
    correlation = max(correlation_within(side) for side in sides)
    spreads = [share_spread(side.value or 0.0, raters, correlation) for side in sides]
    return Study(
        needed=comparison(
            difference,
            *spreads,
            raters=raters,
            seconds_per_rating=seconds,
            power=power,
        ),
        one=sides[0],
        other=sides[1],
        correlation=correlation,
        now=_power_now(difference, sides) if one.value != other.value else None,
    )


def generators_of(
    narrower: Sequence[Measurement], language: str, name: str
) -> list[str]:
    """Who has written in a slice, as far as it was measured by generator."""
    return [m.value for m in narrower if (m.language, m.slice_name) == (language, name)]


def side_of(
    narrower: Sequence[Measurement], whole: Measurement, generator: str
) -> Measurement:
    """The slice of one generator, or the whole where it is not measured apart."""
    place = whole.language, whole.slice_name
    return one_of(narrower, *place, generator) or whole


def _share(side: Measurement, label: str) -> Share:
    return share_of_ratings(PatternTable.from_json(side.table), [label])


def _power_now(difference: float, sides: Sequence[Share]) -> float | None:
    error = sqrt(sum((side.standard_error or 0.0) ** 2 for side in sides))
    return power_of(difference, error) if error > 0 else None
