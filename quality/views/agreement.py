"""How far people agree: each criterion in each language, drawn and as a table."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotation import jobs as work
from annotation.models import Job
from annotation.views.jobs import jobs_of
from annotation.views.page import PageRequest, led_project, page
from quality import measuring


@page("GET")
def agreement(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    context = {
        "project": project,
        "measurements": measuring.latest(project),
    } | jobs_of(request, project, limit=1, kind=Job.Kind.MEASURE)
    return render(request, "quality/agreement.html", context)


@page("POST")
def measure(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    with transaction.atomic():
        job = work.ask(Job.Kind.MEASURE, project=project, by=request.user)
        work.wake(job)
    messages.success(request, "Measuring is on its way.")
    return redirect("agreement", project.code)
