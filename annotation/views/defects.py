"""Reporting a defect of an item, and looking at what was reported."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import defects as stage
from annotation import permissions, visibility
from annotation.defect_forms import LookForm, ReportForm
from annotation.errors import require
from annotation.models import Assignment, Defect, Project
from annotation.views.judging import next_item
from annotation.views.page import PageRequest, page

PER_PAGE = 50


@page("GET", "POST")
def report(request: PageRequest, pk: UUID) -> HttpResponse:
    assignment = visibility.one(Assignment, request.viewer, pk=pk)
    candidate = assignment.candidate
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        stage.report(assignment=assignment, by=request.viewer, **form.cleaned_data)
        messages.success(
            request, _("Reported. Nobody meets the item until it is settled.")
        )
        return next_item(request, candidate.project, candidate.language)
    context = {"project": candidate.project, "assignment": assignment, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "annotation/report.html", context, status=status)


@page("GET")
def defects(request: PageRequest, code: str) -> HttpResponse:
    project = visibility.one(Project, request.viewer, code=code)
    require(permissions.why_not_look(request.viewer, project.pk))
    found = stage.reported(request.viewer, project)
    pages = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    waiting = found.filter(outcome=None).count()
    context = {"project": project, "pages": pages, "waiting": waiting}
    return render(request, "annotation/defects.html", context)


@page("GET", "POST")
def look(request: PageRequest, code: str, pk: int) -> HttpResponse:
    project = visibility.one(Project, request.viewer, code=code)
    require(permissions.why_not_look(request.viewer, project.pk))
    defect = visibility.one(
        Defect, request.viewer, pk=pk, item__dataset__project=project
    )
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        stage.look(defect=defect, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("%(key)s: noted.") % {"key": defect.item.key})
        return redirect("defects", project.code)
    context = {
        "project": project,
        "defect": defect,
        "texts": list(defect.item.content.texts()),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "annotation/defect.html", context, status=status)
