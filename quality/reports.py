"""The measurements of a project as a report to take along."""

from __future__ import annotations

import hashlib

import corpus
from annotation.models import Project, Rubric
from corpus.languages import NAMES
from quality import annotators, slices
from quality.agreement import PatternTable
from quality.agreement.reporting import Facts, Part, Report, report_of
from quality.models import Measurement

LEFT_OUT = (
    "Only candidates with all their planned ratings count.",
    "Controls, texts that people had edited, ratings beyond the planned ones, and "
    "rulings were left out.",
)


def report(project: Project, by: str = "") -> Report:
    """The newest measurements of all slices that are narrowed alike.

    Written from the stored tables, so a number can be computed again.
    """
    found = slices.latest(project, by)
    facts = Facts(
        source=f"project {project.code}",
        guideline=_guideline(project.rubric),
        software=f"Concord {corpus.VERSION}",
        left_out=LEFT_OUT,
    )
    return report_of([_part(measurement) for measurement in found], facts)


def _part(measurement: Measurement) -> Part:
    narrower = {measurement.by: _value(measurement)} if measurement.by else {}
    return Part(
        slice={
            "criterion": measurement.slice_name,
            "language": NAMES[measurement.language],
            **narrower,
        },
        counted=PatternTable.from_json(measurement.table),
        scale=measurement.scale,
        raters=measurement.raters,
    )


def _value(measurement: Measurement) -> str:
    """What a slice is narrowed to; people under the names they have in releases."""
    if measurement.by != annotators.BY:
        return measurement.value
    people = map(int, measurement.value.split("+"))
    return " + ".join(map(measurement.project.pseudonym, people))


def _guideline(rubric: Rubric) -> str:
    digest = hashlib.sha256(rubric.guideline.encode()).hexdigest()[:12]
    return f"{rubric} (SHA-256 of its guideline {digest})"
