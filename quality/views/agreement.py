"""How far people agree: each criterion in each language, drawn and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.vary import vary_on_headers

from annotation import jobs as work
from annotation.models import Job
from annotation.phrases import said
from annotation.views.jobs import jobs_of, refresh_when_done
from annotation.views.page import PageRequest, led_project, page
from corpus.languages import ENGLISH
from quality import annotators, charts, reports, slices
from quality.agreement import reporting
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.models import Measurement
from quality.views.measured import label, label_counts, names_in, row, value_of

#: The ways to narrow slices: by what, and its name.
WAYS = (*Measurement.By.choices, (annotators.BY, gettext_lazy("Pair of annotators")))
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
    names: dict[int, str]
    dots: charts.DotChart | None
    shares: charts.SharesChart | None

    @property
    def unrated(self) -> list[str]:
        """Languages without a complete candidate; they are left out of the charts."""
        return [label(m, self.names) for m in self.measurements if not m.items]

    @property
    def rows(self) -> list[tuple[str, Measurement]]:
        """Each measurement with what it is narrowed to."""
        return [(value_of(m, self.names), m) for m in self.measurements]

    @property
    def flags(self) -> list[tuple[str, str]]:
        return [
            (label(m, self.names), said(flag["sentence"]))
            for m in self.measurements
            for flag in m.flags
        ]


@vary_on_headers("HX-Request")
@page("GET")
def agreement(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    work_found = jobs_of(request, project, limit=1, kind=Job.Kind.MEASURE)
    if refresh := refresh_when_done(request, work_found):
        return refresh
    by = _by(request)
    measurements = slices.latest(project, by)
    names = names_in(measurements)
    context = {
        "project": project,
        "by": by,
        "ways": WAYS,
        "least": LEAST_PAIRABLE,
        "most_pairs": annotators.SHOWN if by == annotators.BY else 0,
        "forms": list(FORMS),
        "slices": [
            _slice(key, list(found), names)
            for key, found in groupby(measurements, key=_key)
        ],
    } | work_found
    return render(request, "quality/agreement.html", context)


def _key(measurement: Measurement) -> tuple[str, list[str]]:
    """What is drawn together: another rubric may have other labels by that name."""
    return measurement.slice_name, measurement.labels


def _slice(
    key: tuple[str, list[str]], found: list[Measurement], names: dict[int, str]
) -> Slice:
    rated = [m for m in found if m.items]
    # Labels stand in the key of a second drawing under one name, so its id does too.
    name = key[0] if found[0].is_of_present_rubric else f"{key[0]}-{found[0].rubric_id}"
    return Slice(
        name=name,
        question=found[0].question,
        labels=key[1],
        measurements=found,
        names=names,
        dots=_dots(name, rated, names) if rated else None,
        shares=_shares(name, rated, names) if rated else None,
    )


def _dots(
    name: str, rated: list[Measurement], names: dict[int, str]
) -> charts.DotChart:
    return charts.dot_chart(
        [row(measurement, names) for measurement in rated],
        key=f"{name}-agreement",
        title=_("Agreement: %(question)s") % {"question": rated[0].question},
    )


def _shares(
    name: str, rated: list[Measurement], names: dict[int, str]
) -> charts.SharesChart:
    return charts.shares_chart(
        [label_counts(measurement, names) for measurement in rated],
        labels=list(map(said, rated[0].labels)),
        key=f"{name}-labels",
        title=_("Labels given: %(question)s") % {"question": rated[0].question},
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
    # A file is the same whoever fetches it.
    with override(ENGLISH):
        written = write(reports.report(project, by))
    return HttpResponse(
        written,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def _by(request: PageRequest) -> str:
    """How the slices of the page are narrowed; nothing for what is unknown."""
    by = request.GET.get("by", "")
    return by if by in dict(WAYS) else ""


@page("POST")
def measure(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    with transaction.atomic():
        job = work.ask(Job.Kind.MEASURE, project=project, by=request.user)
        work.wake(job)
    messages.success(request, _("Measuring is on its way."))
    return redirect("agreement", project.code)
