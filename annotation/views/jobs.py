"""Long work, as the lead sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from annotation import jobs as work
from annotation import visibility
from annotation.models import Job, Project
from annotation.views.page import PageRequest, led_project, page

SHOWN = 50


def jobs_of(
    request: PageRequest, project: Project, *, limit: int = SHOWN, **narrower: Any
) -> dict[str, Any]:
    """The newest jobs, and whether any of them still moves."""
    rows = visibility.rows(Job, request.viewer).filter(project=project, **narrower)
    found = list(rows.select_related("created_by").order_by("-id")[:limit])
    moving = (Job.State.QUEUED, Job.State.RUNNING)
    return {"jobs": found, "is_moving": any(job.state in moving for job in found)}


def refresh_when_done(
    request: PageRequest, found: dict[str, Any]
) -> HttpResponse | None:
    """What the page waited for stands outside its table of jobs: load it all anew."""
    is_done = request.htmx and not found["is_moving"]
    return HttpResponseClientRefresh() if is_done else None


@vary_on_headers("HX-Request")
@page("GET")
def jobs(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    context = {"project": project} | jobs_of(request, project)
    template = "components/jobs.html" if request.htmx else "annotation/jobs.html"
    return render(request, template, context)


@page("POST")
def retry(request: PageRequest, code: str, pk: int) -> HttpResponse:
    project = led_project(request, code)
    job = visibility.one(Job, request.viewer, project=project, pk=pk)
    work.retry(job=job, by=request.user)
    messages.success(request, _("%(job)s will be tried again.") % {"job": job})
    return redirect("jobs", project.code)
