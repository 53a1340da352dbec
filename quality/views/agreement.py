"""How far people agree: each criterion in each language, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotation import jobs as work
from annotation.models import Job
from annotation.views.jobs import jobs_of
from annotation.views.page import PageRequest, led_project, page
from corpus.languages import NAMES
from quality import charts, measuring
from quality.models import Measurement


@dataclass(frozen=True, slots=True)
class Slice:
    """One criterion, or the verdict, in all languages."""

    name: str
    question: str
    labels: list[str]
    measurements: list[Measurement]
    dots: charts.DotChart
    shares: charts.SharesChart

    @property
    def flags(self) -> list[tuple[str, str]]:
        return [
            (m.language, flag["sentence"])
            for m in self.measurements
            for flag in m.flags
        ]


@page("GET")
def agreement(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    context = {
        "project": project,
        "slices": [
            _slice(name, list(found))
            for name, found in groupby(
                measuring.latest(project), key=lambda m: m.slice_name
            )
        ],
    } | jobs_of(request, project, limit=1, kind=Job.Kind.MEASURE)
    return render(request, "quality/agreement.html", context)


def _slice(name: str, found: list[Measurement]) -> Slice:
    first = found[0]
    return Slice(
        name=name,
        question=first.question,
        labels=first.labels,
        measurements=found,
        dots=charts.dot_chart(
            [_row(m) for m in found],
            key=f"{name}-agreement",
            title=f"Agreement: {first.question}",
        ),
        shares=charts.shares_chart(
            [charts.Counts(NAMES[m.language], m.label_counts) for m in found],
            labels=first.labels,
            key=f"{name}-labels",
            title=f"Labels given: {first.question}",
        ),
    )


def _row(measurement: Measurement) -> charts.Row:
    return charts.Row(
        NAMES[measurement.language],
        list(_readings(measurement)),
        note=f"{measurement.pairable} items, {measurement.raters} raters",
    )


def _readings(measurement: Measurement) -> Iterator[charts.Reading]:
    for estimate in measurement.estimates:
        yield charts.Reading(
            estimate["name"],
            estimate["value"],
            estimate["low"],
            estimate["high"],
            undefined=estimate["undefined"] or "",
        )


@page("POST")
def measure(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    with transaction.atomic():
        job = work.ask(Job.Kind.MEASURE, project=project, by=request.user)
        work.wake(job)
    messages.success(request, "Measuring is on its way.")
    return redirect("agreement", project.code)
