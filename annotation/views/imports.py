"""A file from the lead's computer, kept under a random name, and a job that reads it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotation import importing, visibility
from annotation import jobs as work
from annotation.errors import Invalid, NotFound
from annotation.forms import ImportForm
from annotation.models import Dataset, Project
from annotation.views.page import PageRequest, led_project, page
from corpus.plain_text import storable
from corpus.sources import READERS


@page("GET", "POST")
def imports(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    name = request.GET.get("source", next(iter(READERS)))
    if name not in READERS:
        raise NotFound(f"No reader is called {name!r}.")
    form = ImportForm(READERS[name], request.POST or None, request.FILES or None)
    if form.is_valid() and _asked(request, project, form):
        messages.success(request, "The import is on its way.")
        return redirect("jobs", project.code)
    datasets = visibility.rows(Dataset, request.viewer).filter(project=project)
    context = {
        "project": project,
        "form": form,
        "sources": READERS.values(),
        "datasets": datasets.order_by("name", "revision"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "annotation/imports.html", context, status=status)


def _asked(request: PageRequest, project: Project, form: ImportForm) -> bool:
    terms = dict(form.cleaned_data)
    upload = terms.pop("file")
    path = _kept(upload)
    try:
        with transaction.atomic():
            job = importing.ask(
                project=project,
                by=request.user,
                source=form.source.name,
                path=str(path),
                shown_as=storable(upload.name, 80),
                images=None,
                **terms,
            )
            work.wake(job)
    except Invalid as error:
        path.unlink()
        form.add_error(None, str(error))
        return False
    return True


def _kept(upload: UploadedFile[Any]) -> Path:
    """Nothing of the name that the browser sent is used but its checked ending."""
    settings.INCOMING_DIR.mkdir(parents=True, exist_ok=True)
    suffix = Path(upload.name or "").suffix.lower()
    path: Path = settings.INCOMING_DIR / (secrets.token_hex(16) + suffix)
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path
