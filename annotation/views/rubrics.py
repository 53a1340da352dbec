"""A project's rubric, its versions, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import rubrics
from annotation.errors import Conflict, Invalid, NotFound
from annotation.models import Project
from annotation.rubric_forms import RubricForm
from annotation.rubrics import READY
from annotation.views.page import PageRequest, led_project, page


@page("GET")
def rubric(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    context = {
        "project": project,
        "versions": rubrics.versions(project),
        "most": rubrics.MOST_COUNTED,
        "ready": READY,
    }
    return render(request, "annotation/rubric.html", context)


@page("GET", "POST")
def change(request: PageRequest, code: str) -> HttpResponse:
    """Typed, looked at as an annotator would, and saved as the next version."""
    project = led_project(request, code)
    typed = request.POST if request.method == "POST" else None
    form = RubricForm(project, _start(request, project), typed)
    is_fine = form.is_valid()
    does_save = request.POST.get("do") == "save"
    if is_fine and does_save and _changed(request, project, form):
        return redirect("rubric", project.code)
    is_shown = is_fine and not does_save
    context = {
        "project": project,
        "form": form,
        "preview": form.preview() if is_shown else None,
        "judged": rubrics.judgments_under(project.rubric, project),
        "most": rubrics.MOST_COUNTED,
        "ready": READY,
    }
    status = 422 if form.is_bound and not is_shown else 200
    return render(request, "annotation/rubric_change.html", context, status=status)


def _start(request: PageRequest, project: Project) -> rubrics.Wording:
    wanted = request.GET.get("from", "")
    if not wanted:
        return rubrics.wording_of(project.rubric)
    if wanted not in READY:
        raise NotFound(_("There is no ready rubric of that name."))
    return rubrics.wording_of_ready(wanted)


def _changed(request: PageRequest, project: Project, form: RubricForm) -> bool:
    """Whether it was saved; otherwise the form says why not, and is still there."""
    try:
        made = rubrics.change(
            project=project,
            by=request.viewer,
            based_on=form.cleaned_data["based_on"],
            **form.wording.to_json(),
        )
    except (Conflict, Invalid) as error:
        form.refuse(error)
        return False
    messages.success(request, _("%(made)s is asked from now on.") % {"made": made})
    return True
