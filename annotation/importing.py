"""Stage 1, importing: files to datasets, items and images.

The same file twice changes nothing: an item is known by its dataset and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation import batches, fetching, item_batches, item_rows, jobs
from annotation.batches import Report
from annotation.errors import Invalid
from annotation.models import Dataset, Event, Job, Project, User
from corpus.record import Found, Record
from corpus.sources import READERS, SourceError, guessing

#: The revision of what nobody named one of.
UNVERSIONED = "unversioned"
#: Batches after which Postgres looks at the tables anew.
ANALYZE_AFTER = (4, 32, 256, 2048)


def ask(
    *,
    project: Project,
    source: str,
    path: str,
    name: str | None = None,
    revision: str | None = None,
    licence: str | None = None,
    licence_url: str | None = None,
    attribution: str | None = None,
    images: str = "",
    strict: bool = False,
    by: User | None = None,
) -> Job:
    """Write the job that imports a file.

    What is left empty is filled here, for every door alike: name and terms are the
    source's, the revision is UNVERSIONED. Raises Invalid where that is not enough.
    """
    reader = READERS.get(source)
    if reader is None:
        raise Invalid(_("No reader is called %(source)s.") % {"source": repr(source)})
    named = {"name": name or reader.name, "revision": revision or UNVERSIONED}
    for what, given in named.items():
        if "@" in given:
            raise Invalid(
                _("A %(what)s holds no @: it stands between the two.")
                % {"what": _(what)}
            )
    terms = {
        "licence": licence or reader.licence,
        "licence_url": licence_url or reader.licence_url,
        "attribution": attribution or reader.attribution,
    }
    for what in ("licence", "attribution"):
        if not terms[what]:
            raise Invalid(
                _("Say the %(what)s of this data: nothing leaves without one.")
                % {"what": _(what)}
            )
    file = {"source": source, "path": path, "images": images, "strict": strict}
    return jobs.ask(
        Job.Kind.IMPORT, project=project, by=by, arguments=file | named | terms
    )


def run_import(run: jobs.Run) -> None:
    """The work of an import job."""
    arguments = run.job.arguments
    path = batches.file_of(run)
    mirror = Path(arguments["images"]) if arguments.get("images") else None
    dataset = _dataset(run.job.project, arguments)
    before = arguments.get("added", 0)
    try:
        source = READERS[arguments["source"]]
        guessing.require(source, path)
        rows = source.rows(path)
        report = import_rows(
            dataset=dataset,
            rows=rows,
            mirror=mirror,
            strict=bool(arguments.get("strict")),
            progress=batches.reading(run, path),
            saved=lambda added: run.remember(added=before + added),
        )
    except SourceError as error:
        raise Invalid(str(error)) from None
    report.count_earlier(before)
    is_empty = not report.added and not report.unchanged
    with transaction.atomic():
        Event.record(
            Event.Kind.IMPORTED,
            dataset if dataset.pk else run.job.project,
            project=run.job.project,
            user=run.job.created_by,
            added=report.added,
            refused=report.refused,
        )
        fetching.ask(run.job.project, by=run.job.created_by)
        run.finish(
            **report.result(item_batches.NOTHING if is_empty else ""),
            pictures_to_fetch=fetching.pending_of(dataset.pk).count(),
        )
        batches.let_go(path)


def import_rows(
    *,
    dataset: Dataset,
    rows: Iterable[Found],
    mirror: Path | None = None,
    strict: bool = False,
    progress: Callable[[int], None] = lambda line: None,
    saved: Callable[[int], None] = lambda added: None,
) -> Report:
    """Put the records of a reader into `dataset`, which may have no row yet.

    `mirror` is a folder with pictures under the last part of their address, for
    sources that hold only addresses. `progress` is told how far in the file the last
    record stands. `saved` is told how many were added so far, in
    the transaction that adds them. Raises Invalid in strict mode if a row is bad.
    """
    return batches.put_in(
        rows,
        partial(item_batches.put, dataset, mirror),
        weigh=_bytes_of,
        strict=strict,
        progress=progress,
        saved=saved,
        grown=_analyze,
    )


def _bytes_of(row: Found) -> int:
    """Of its picture: five hundred may be gigabytes."""
    picture = row.picture if isinstance(row, Record) else None
    return len(picture.data) if picture and picture.data else 0


def _analyze(batches: int) -> None:
    if batches in ANALYZE_AFTER:
        item_rows.analyze()


def _dataset(project: Project, arguments: dict[str, Any]) -> Dataset:
    """The dataset with the terms of this import; its row comes with its first item.

    So an import that brought nothing leaves nothing, and whoever corrects the file or
    the terms can go on under the same name.
    """
    named = {"name": arguments["name"], "revision": arguments["revision"]}
    terms = {term: arguments[term] for term in item_batches.TERMS}
    dataset = Dataset(project=project, **named, **terms)
    if standing := Dataset.objects.filter(project=project, **named).first():
        item_batches.require_terms(dataset, standing)
        dataset.pk = standing.pk
    return dataset
