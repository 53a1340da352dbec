"""How far each annotator can be relied on: for leads, one slice at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from annotation import jobs as work
from annotation import visibility
from annotation.models import Job, Project
from annotation.views.jobs import jobs_of, refresh_when_done
from annotation.views.page import PageRequest, led_project, page
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.annotators import telling
from quality.annotators.names import names_of
from quality.models import Reliability
from quality.slice_forms import AnnotatorsForm
from quality.views.annotator_tables import Matrix, RaterRow, matrix, rater_rows
from quality.views.links import items


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody whose answers a lead should look at, and why."""

    name: str
    evidence: Sequence[str]
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One slice's annotators as the page tells of them."""

    row: Reliability
    graph: list[str]
    suspects: list[Suspect]
    signs: list[Suspect]
    untold: list[tuple[str, list[str]]]
    raters: list[RaterRow]
    matrix: Matrix

    @property
    def no_model(self) -> str:
        return telling.in_our_words(self.row.content["no_model"])


@vary_on_headers("HX-Request")
@page("GET")
def annotators(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    work_found = jobs_of(request, project, limit=1, kind=Job.Kind.RATERS)
    if refresh := refresh_when_done(request, work_found):
        return refresh
    form = AnnotatorsForm(project, request.GET)
    row = _row(request, project, form)
    context = {
        "project": project,
        "form": form,
        "shown": _shown(project, row, form) if row else None,
        "least": LEAST_PAIRABLE,
        "unrated": row is None and _any(request, project),
    } | work_found
    return render(request, "quality/annotators.html", context)


def _row(
    request: PageRequest, project: Project, form: AnnotatorsForm
) -> Reliability | None:
    rows = visibility.rows(Reliability, request.viewer)
    return rows.filter(
        project=project,
        rubric_id=project.rubric_id,
        language=form.in_language,
        criterion=form.question,
    ).first()


def _any(request: PageRequest, project: Project) -> bool:
    return visibility.rows(Reliability, request.viewer).filter(project=project).exists()


def _shown(project: Project, row: Reliability, form: AnnotatorsForm) -> Shown:
    raters = row.content["raters"]
    names = names_of(entry["rater"] for entry in raters)

    def suspects(entries: list[dict[str, Any]]) -> list[Suspect]:
        return [
            Suspect(
                names[entry["rater"]],
                [telling.in_our_words(e) for e in entry["evidence"]],
                items(project, form.in_language, form.name, rater=entry["rater"]),
            )
            for entry in entries
        ]

    return Shown(
        row=row,
        graph=telling.graph(row.content["graph"], names),
        suspects=suspects(telling.suspects(raters)),
        signs=suspects(telling.single_signs(raters)),
        untold=list(telling.untold(raters, names)),
        raters=rater_rows(project, form, raters, names),
        matrix=matrix(project, form, row.content, names),
    )


@page("POST")
def renew(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    with transaction.atomic():
        job = work.ask(Job.Kind.RATERS, project=project, by=request.user)
        work.wake(job)
    messages.success(request, _("The annotators are being measured."))
    return redirect("annotators", project.code)
