"""How far people agree: each criterion in each language, drawn and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from annotation import jobs as work
from annotation.models import Job
from annotation.views.jobs import jobs_of
from annotation.views.page import PageRequest, led_project, page
from corpus.languages import NAMES
from quality import charts, measuring, reports
from quality.agreement import reporting
from quality.models import Measurement

#: What stands beside a dot; the table gives the full name with its version.
SHORT = {
    "percent-agreement": "Agreement",
    "gwet-ac1": "Gwet AC1",
    "gwet-ac2": "Gwet AC2",
    "krippendorff-alpha-nominal": "Alpha, nominal",
    "krippendorff-alpha-ordinal": "Alpha, ordinal",
}


#: Files of a report: how each is written, and its media type.
FORMS: dict[str, tuple[Callable[[reporting.Report], str], str]] = {
    "csv": (reporting.as_csv, "text/csv"),
    "json": (reporting.as_json, "application/json"),
    "tex": (reporting.as_latex, "application/x-tex"),
    "txt": (reporting.as_text, "text/plain"),
    "md": (reporting.methods, "text/markdown"),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """One criterion, or the verdict, in all languages, narrowed or not."""

    name: str
    question: str
    labels: list[str]
    measurements: list[Measurement]
    dots: charts.DotChart | None
    shares: charts.SharesChart | None

    @property
    def unrated(self) -> list[str]:
        """Languages without a complete candidate; they are left out of the charts."""
        return [_label(m) for m in self.measurements if not m.items]

    @property
    def flags(self) -> list[tuple[str, str]]:
        return [
            (_label(m), flag["sentence"]) for m in self.measurements for flag in m.flags
        ]


@vary_on_headers("HX-Request")
@page("GET")
def agreement(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    work_found = jobs_of(request, project, limit=1, kind=Job.Kind.MEASURE)
    if request.htmx and not work_found["is_moving"]:
        # What the page waited for stands outside its table of jobs.
        return HttpResponseClientRefresh()
    by = _by(request)
    context = {
        "project": project,
        "by": by,
        "ways": Measurement.By.choices,
        "forms": list(FORMS),
        "slices": [
            _slice(name, list(found))
            for name, found in groupby(
                measuring.latest(project, by), key=lambda m: m.slice_name
            )
        ],
    } | work_found
    return render(request, "quality/agreement.html", context)


def _slice(name: str, found: list[Measurement]) -> Slice:
    first, rated = found[0], [m for m in found if m.items]
    return Slice(
        name=name,
        question=first.question,
        labels=first.labels,
        measurements=found,
        dots=_dots(name, rated) if rated else None,
        shares=_shares(name, rated) if rated else None,
    )


def _dots(name: str, rated: list[Measurement]) -> charts.DotChart:
    return charts.dot_chart(
        [_row(measurement) for measurement in rated],
        key=f"{name}-agreement",
        title=f"Agreement: {rated[0].question}",
    )


def _shares(name: str, rated: list[Measurement]) -> charts.SharesChart:
    return charts.shares_chart(
        [charts.Counts(_label(m), m.label_counts) for m in rated],
        labels=rated[0].labels,
        key=f"{name}-labels",
        title=f"Labels given: {rated[0].question}",
    )


def _label(measurement: Measurement) -> str:
    """What the row of a measurement is called: German, or German: mmbench."""
    value = measurement.value
    if measurement.by == Measurement.By.KIND:
        value = value.replace("_", " ")
    return ": ".join(filter(None, (NAMES[measurement.language], value)))


def _row(measurement: Measurement) -> charts.Row:
    return charts.Row(
        _label(measurement),
        list(_readings(measurement)),
        note=f"{measurement.pairable} items, {measurement.raters} raters",
    )


def _readings(measurement: Measurement) -> Iterator[charts.Reading]:
    for estimate in measurement.estimates:
        yield charts.Reading(
            SHORT.get(estimate["name"].split("/")[0], estimate["name"]),
            estimate["value"],
            estimate["low"],
            estimate["high"],
            undefined=estimate["undefined"] or "",
        )


@page("GET")
def report(request: PageRequest, code: str, form: str) -> HttpResponse:
    """The numbers of the page as a file."""
    project = led_project(request, code)
    if form not in FORMS:
        raise Http404
    write, media_type = FORMS[form]
    by = _by(request)
    name = "-".join(filter(None, ("agreement", project.code, by)))
    return HttpResponse(
        write(reports.report(project, by)),
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def _by(request: PageRequest) -> str:
    """How the slices of the page are narrowed; nothing for what is unknown."""
    by = request.GET.get("by", "")
    return by if by in Measurement.By.values else ""


@page("POST")
def measure(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    with transaction.atomic():
        job = work.ask(Job.Kind.MEASURE, project=project, by=request.user)
        work.wake(job)
    messages.success(request, "Measuring is on its way.")
    return redirect("agreement", project.code)
