"""Frozen exports: what there is, making one, taking one home."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import jobs as work
from annotation import visibility
from annotation.errors import Invalid, NotFound
from annotation.models import Job, Project
from annotation.views.jobs import jobs_of
from annotation.views.page import PageRequest, led_project, page
from quality import comparing, exporting
from quality.forms import OtherReleaseForm, ReleaseForm
from quality.models import Release


@page("GET", "POST")
def releases(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    typed = request.POST if request.method == "POST" else None
    form = ReleaseForm(project, typed)
    if form.is_valid() and _asked(request, project, form):
        messages.success(request, _("The release is on its way."))
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
    """Against the release that was chosen; at first the one before it, of its kind."""
    release = visibility.one(Release, request.viewer, pk=pk)
    form = OtherReleaseForm(_others(request, release), request.GET)
    pair = _pair(release, form)
    context = {
        "project": release.project,
        "release": release,
        "form": form,
        "found": comparing.compare(*pair) if pair else None,
    }
    status = 422 if form.errors else 200
    return render(request, "quality/changes.html", context, status=status)


@page("GET")
def changes_file(request: PageRequest, pk: int) -> StreamingHttpResponse:
    """All changes as a table, however many; of a first release nothing but the head."""
    release = visibility.one(Release, request.viewer, pk=pk)
    form = OtherReleaseForm(_others(request, release), request.GET)
    pair = _pair(release, form)
    if form.errors:
        raise NotFound(_("There is no such release to compare with."))
    rows = comparing.changes(*pair) if pair else iter(())
    name = "-to-".join(map(str, pair or (release,)))
    return StreamingHttpResponse(
        comparing.as_table(rows),
        content_type="text/tab-separated-values; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.tsv"'},
    )


def _others(request: PageRequest, release: Release) -> list[Release]:
    """The other releases of the project, the newest first."""
    found = visibility.rows(Release, request.viewer).filter(project=release.project)
    others = found.exclude(pk=release.pk).select_related("project")
    return list(others.order_by("-number"))


def _pair(release: Release, form: OtherReleaseForm) -> tuple[Release, Release] | None:
    """The two to compare, the older one first; None if there is but one."""
    other = form.chosen() or comparing.usual(release, form.others)
    if other is None:
        return None
    older, newer = sorted((release, other), key=lambda found: found.number)
    return older, newer


@page("GET")
def download(request: PageRequest, pk: int) -> FileResponse:
    release = visibility.one(Release, request.viewer, pk=pk)
    try:
        file = release.archive.open("rb")
    except FileNotFoundError:
        raise NotFound(
            _("The files of %(release)s are missing.") % {"release": release}
        ) from None
    return FileResponse(file, as_attachment=True, filename=f"{release}.zip")
