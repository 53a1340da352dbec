"""Frozen exports: what there is, making one, taking one home."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render

from annotation import jobs as work
from annotation import visibility
from annotation.errors import Invalid, NotFound
from annotation.models import Job, Project
from annotation.views.jobs import jobs_of
from annotation.views.page import PageRequest, led_project, page
from quality import comparing, exporting
from quality.forms import ReleaseForm
from quality.models import Release


@page("GET", "POST")
def releases(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    typed = request.POST if request.method == "POST" else None
    form = ReleaseForm(project, typed)
    if form.is_valid() and _asked(request, project, form):
        messages.success(request, "The release is on its way.")
        return redirect("releases", project.code)
    work_found = jobs_of(request, project, limit=5, kind=Job.Kind.RELEASE)
    found = visibility.rows(Release, request.viewer).filter(project=project)
    context = {
        "project": project,
        "form": form,
        "releases": found.select_related("project", "created_by").order_by("-number"),
    } | work_found
    status = 422 if form.is_bound else 200
    return render(request, "quality/releases.html", context, status=status)


def _asked(request: PageRequest, project: Project, form: ReleaseForm) -> bool:
    try:
        with transaction.atomic():
            job = exporting.ask(project=project, by=request.user, **form.wish())
            work.wake(job)
    except Invalid as error:
        form.add_error(None, str(error))
        return False
    return True


@page("GET")
def changes(request: PageRequest, pk: int) -> HttpResponse:
    """Against the release before it of the same design and arm."""
    release = visibility.one(Release, request.viewer, pk=pk)
    before = visibility.rows(Release, request.viewer).filter(
        project=release.project,
        design=release.design,
        manifest__wish__arm=release.manifest["wish"]["arm"],
        number__lt=release.number,
    )
    older = before.order_by("-number").first()
    context = {
        "project": release.project,
        "release": release,
        "found": comparing.compare(older, release) if older else None,
    }
    return render(request, "quality/changes.html", context)


@page("GET")
def download(request: PageRequest, pk: int) -> FileResponse:
    release = visibility.one(Release, request.viewer, pk=pk)
    try:
        file = release.archive.open("rb")
    except FileNotFoundError:
        raise NotFound(f"The files of {release} are missing.") from None
    return FileResponse(file, as_attachment=True, filename=f"{release}.zip")
