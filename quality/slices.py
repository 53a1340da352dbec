"""One slice looked at closely: labels, what meets what, and the grounding errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotation.models import Project
from annotation.rubrics import GROUNDING
from quality import annotators, measuring
from quality.agreement import PatternTable, Share, share_of_items, share_of_ratings
from quality.agreement.pairings import meetings
from quality.agreement.reporting.report import LEAST_PAIRABLE, LabelLine
from quality.agreement.specific import specific_agreement
from quality.models import Measurement


@dataclass(frozen=True, slots=True)
class Close:
    """A measurement taken apart. `met` (q, q) counts pairs of ratings of one item.

    Where fewer than `LEAST_PAIRABLE` items have two ratings, `withheld` says so and
    there are counts alone.
    """

    measurement: Measurement
    table: PatternTable
    withheld: bool
    labels: Sequence[LabelLine]
    met: Sequence[Sequence[int]]

    @property
    def unanimous(self) -> int:
        """Items on which all of two or more ratings say the same."""
        pairable = self.table.pairable
        return int(
            pairable.multiplicities[
                pairable.patterns.max(axis=1) == pairable.ratings_in
            ].sum()
        )


@dataclass(frozen=True, slots=True)
class Grounding:
    """How often candidates say what the image does not show, by rating and by item."""

    ratings: Share
    items: Share
    label: str
    value: str
    withheld: bool


def latest(project: Project, by: str = "") -> list[Measurement]:
    """The newest measurements of all slices that are narrowed alike, in order.

    Pairs of annotators are measured with the annotators, and are few per slice.
    """
    if by == annotators.BY:
        return annotators.measurements(project, annotators.latest(project))
    return measuring.latest(project, by)


def one_of(
    found: Iterable[Measurement], language: str, name: str, value: str = ""
) -> Measurement | None:
    """The measurement of one slice, if there is one."""
    return next(
        (
            m
            for m in found
            if (m.language, m.slice_name, m.value) == (language, name, value)
        ),
        None,
    )


def close(measurement: Measurement) -> Close:
    """Everything a page says of one slice, from its stored table."""
    table = PatternTable.from_json(measurement.table)
    agreement = specific_agreement(table)
    lines = [
        LabelLine(
            label=label,
            ratings=count,
            share=share_of_ratings(table, [label]),
            agreement=agreement[label],
        )
        for label, count in zip(table.categories, table.label_counts, strict=True)
    ]
    withheld = table.n_pairable < LEAST_PAIRABLE
    return Close(measurement, table, withheld, lines, meetings(table).tolist())


def grounding(found: Iterable[Measurement], language: str) -> Grounding | None:
    """The grounding-error rate of a language; None where the rubric does not ask."""
    measurement = one_of(found, language, GROUNDING)
    if measurement is None or measurement.criterion is None or not measurement.items:
        return None
    table = PatternTable.from_json(measurement.table)
    value = max(measurement.criterion.values)
    label = measurement.labels[measurement.criterion.values.index(value)]
    return Grounding(
        ratings=share_of_ratings(table, [label]),
        items=share_of_items(table, [label]),
        label=label,
        value=str(value),
        withheld=table.n_items < LEAST_PAIRABLE,
    )
