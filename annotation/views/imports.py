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
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import importing, native, visibility
from annotation import jobs as work
from annotation.errors import Invalid, NotFound
from annotation.forms import ImportForm
from annotation.models import Dataset, Job, Project
from annotation.native_forms import TITLE, NativeForm
from annotation.views.page import PageRequest, led_project, page
from corpus.sources import READERS

#: The tab beside the sources: texts for items that are there already.
NATIVE = "native"
TABS = {name: source.title for name, source in READERS.items()} | {NATIVE: TITLE}


@page("GET", "POST")
def imports(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    name = request.GET.get("source", next(iter(READERS)))
    if name not in TABS:
        raise NotFound(_("No reader is called %(name)s.") % {"name": repr(name)})
    datasets = visibility.rows(Dataset, request.viewer).filter(project=project)
    datasets = datasets.order_by("name", "revision")
    form = _form(request, project, name, datasets)
    if form.is_valid() and _asked(request, project, form):
        messages.success(request, _("The import is on its way."))
        return redirect("jobs", project.code)
    context = {
        "project": project,
        "form": form,
        "tabs": TABS,
        "tab": name,
        "datasets": datasets,
    }
    status = 422 if form.is_bound else 200
    return render(request, "annotation/imports.html", context, status=status)


def _form(
    request: PageRequest, project: Project, name: str, datasets: QuerySet[Dataset]
) -> ImportForm | NativeForm:
    typed, files = request.POST or None, request.FILES or None
    if name == NATIVE:
        return NativeForm(project, datasets, typed, files)
    return ImportForm(READERS[name], typed, files)


def _asked(
    request: PageRequest, project: Project, form: ImportForm | NativeForm
) -> bool:
    terms = dict(form.cleaned_data)
    upload = terms.pop("file")
    path = _kept(upload)
    try:
        with transaction.atomic():
            terms |= {"project": project, "by": request.user, "path": str(path)}
            work.wake(_job(form, terms))
    except Invalid as error:
        rmtree(path.parent)
        form.add_error(None, str(error))
        return False
    return True


def _job(form: ImportForm | NativeForm, terms: dict[str, Any]) -> Job:
    if isinstance(form, NativeForm):
        names = ("source", "licence", "attribution")
        collection = native.Collection(
            terms["dataset"],
            terms["language"],
            native.Terms(**{name: terms[name] for name in names}),
        )
        own = {name: terms[name] for name in ("path", "strict", "by")}
        return native.ask(collection=collection, **own)
    return importing.ask(source=form.source.name, **terms)


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
