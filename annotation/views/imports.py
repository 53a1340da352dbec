"""A file from the lead's computer, kept in a folder of its own, and a job that reads it."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from shutil import rmtree
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
                images=None,
                **terms,
            )
            work.wake(job)
    except Invalid as error:
        rmtree(path.parent)
        form.add_error(None, str(error))
        return False
    return True


def _kept(upload: UploadedFile[Any]) -> Path:
    """In a folder of its own, under what is plain of the name the browser sent.

    Readers learn from a name: the split of a shard, the track of a POPE file.
    """
    folder: Path = settings.INCOMING_DIR / secrets.token_hex(16)
    folder.mkdir(parents=True)
    given = Path(upload.name or "")
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", given.stem).strip("._")[:80] or "upload"
    path = folder / (stem + given.suffix.lower())
    with path.open("xb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path
