"""Generation jobs that were set aside, sent out again by the lead."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation import leasing, visibility
from annotation.models import GenerationJob
from annotation.views.page import PageRequest, led_project, page


@page("POST")
def reopen(request: PageRequest, code: str) -> HttpResponse:
    """All that were set aside, or the one whose number the form gives."""
    project = led_project(request, code)
    jobs = visibility.rows(GenerationJob, request.viewer).filter(project=project)
    number = request.POST.get("job", "")
    if number:
        jobs = jobs.filter(pk=int(number) if re.fullmatch("[0-9]{1,18}", number) else 0)
    reopened = leasing.reopen(jobs=jobs, by=request.user)
    if reopened:
        told = ngettext(
            "%(n)s job is ready for a worker again.",
            "%(n)s jobs are ready for a worker again.",
            reopened,
        )
        messages.success(request, told % {"n": reopened})
    else:
        messages.info(request, _("There was nothing to send out again."))
    return redirect("project", project.code)
