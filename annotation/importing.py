"""Stage 1, importing: files to datasets, items and images.

The same file twice changes nothing: an item is known by its dataset and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from annotation import batches, fetching, images, item_rows, jobs
from annotation.batches import Report
from annotation.errors import Invalid
from annotation.models import (
    Dataset,
    Event,
    Image,
    Item,
    Job,
    Project,
    User,
)
from corpus.content import digest
from corpus.plain_text import storable
from corpus.record import Record, RowError
from corpus.sources import READERS, SourceError

#: Batches after which Postgres looks at the tables anew.
ANALYZE_AFTER = (4, 32, 256, 2048)
TERMS = ("source", "licence", "licence_url", "attribution")


TWINS = (
    "{n} of the new rows show a picture and a text that this dataset has under another "
    "key already. If this is the same set from another kind of file, people would judge "
    "them twice."
)


def ask(*, project: Project, by: User | None = None, **arguments: Any) -> Job:
    """Write the job that imports a file. `arguments` as `run_import` reads them:
    source, path, name, revision, licence, licence_url, attribution, images, strict."""
    source = READERS.get(arguments["source"])
    if source is None:
        raise Invalid(f"No reader is called {arguments['source']!r}.")
    filled = arguments | {
        "licence": arguments.get("licence") or source.licence,
        "licence_url": arguments.get("licence_url") or source.licence_url,
        "attribution": arguments.get("attribution") or source.attribution,
        "name": arguments.get("name") or arguments["source"],
        "revision": arguments.get("revision") or "unversioned",
    }
    for name in ("name", "revision"):
        if "@" in filled[name]:
            raise Invalid(f"A {name} holds no @: it stands between the two.")
    for name in ("licence", "attribution"):
        if not filled[name]:
            raise Invalid(f"Say the {name} of this data: nothing leaves without one.")
    return jobs.ask(Job.Kind.IMPORT, project=project, by=by, arguments=filled)


def run_import(run: jobs.Run) -> None:
    """The work of an import job."""
    arguments = run.job.arguments
    path = batches.file_of(run)
    mirror = Path(arguments["images"]) if arguments.get("images") else None
    dataset = _dataset(run.job.project, arguments)
    before = arguments.get("added", 0)
    try:
        rows = READERS[arguments["source"]].read(path)
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
    with transaction.atomic():
        Event.record(
            Event.Kind.IMPORTED,
            dataset,
            project=run.job.project,
            user=run.job.created_by,
            added=report.added,
            refused=report.refused,
        )
        fetching.ask(run.job.project, by=run.job.created_by)
        run.finish(
            added=report.added,
            unchanged=report.unchanged,
            refused=report.refused,
            pictures_to_fetch=dataset.items.filter(
                image__state=Image.State.PENDING
            ).count(),
            errors=report.errors,
            **({"mind": TWINS.format(n=report.twins)} if report.twins else {}),
        )
        batches.let_go(path)


def import_rows(
    *,
    dataset: Dataset,
    rows: Iterable[Record | RowError],
    mirror: Path | None = None,
    strict: bool = False,
    progress: Callable[[int], None] = lambda line: None,
    saved: Callable[[int], None] = lambda added: None,
) -> Report:
    """Put the records of a reader into `dataset`.

    `mirror` is a folder with pictures under the last part of their address, for
    sources that hold only addresses. `progress` is told how far in the file the last
    record stands. `saved` is told how many were added so far, in
    the transaction that adds them. Raises Invalid in strict mode if a row is bad.
    """
    return batches.put_in(
        rows,
        partial(_import_batch, dataset, mirror),
        strict=strict,
        progress=progress,
        saved=saved,
        grown=_analyze,
    )


def _analyze(batches: int) -> None:
    if batches in ANALYZE_AFTER:
        item_rows.analyze()


def _import_batch(
    dataset: Dataset,
    mirror: Path | None,
    batch: list[Record | RowError],
    report: Report,
) -> None:
    _require_terms(dataset)
    records: dict[str, Record] = {}
    for row in batch:
        if isinstance(row, RowError):
            report.refuse(row)
        elif row.key in records:
            report.refuse(RowError(row.line, "key", f"{row.key} stands there twice"))
        else:
            records[row.key] = row
    known = {
        item.key: item
        for item in Item.objects.filter(dataset=dataset, key__in=records).only(
            "key", "digest", "upstream"
        )
    }
    for key in records.keys() & known.keys():
        _compare(records[key], known[key], dataset, report)
    fresh = [record for key, record in records.items() if key not in known]
    addressed = images.addressed(item_rows.addresses(fresh, mirror))
    rows = []
    for record in fresh:
        try:
            rows.append(item_rows.row_of(dataset, record, mirror, addressed))
        except Invalid as error:
            report.refuse(RowError(record.line, "image", f"{record.key}: {error}"))
    report.twins += item_rows.twins(dataset, rows)
    item_rows.copy_in(rows)
    item_rows.ask_for_candidates(dataset, [row.key for row in rows])
    report.added += len(rows)


def _compare(record: Record, known: Item, dataset: Dataset, report: Report) -> None:
    """An item that came before: the same, or more rows of it, or another text."""
    if digest(record.content) != known.digest:
        reason = "was imported before with another text; give a new --revision"
        report.refuse(RowError(record.line, "key", f"{record.key} {reason}"))
        return
    report.unchanged += 1
    merge = READERS[dataset.source].merge
    upstream = merge(known.upstream, dict(record.upstream)) if merge else None
    if upstream is not None and upstream != known.upstream:
        Item.objects.filter(pk=known.pk).update(upstream=upstream)


def _dataset(project: Project, arguments: dict[str, Any]) -> Dataset:
    """The dataset row, with the terms of this import."""
    named = {"name": arguments["name"], "revision": arguments["revision"]}
    terms = {term: arguments[term] for term in TERMS}
    with transaction.atomic():
        dataset, _ = Dataset.objects.select_for_update(no_key=True).get_or_create(
            project=project, **named, defaults=terms
        )
        if not dataset.items.exists():
            # An import that failed must not fix the terms for ever.
            Dataset.objects.filter(pk=dataset.pk).update(**terms)
        for term, value in terms.items():
            setattr(dataset, term, value)
        _require_terms(dataset)
    return dataset


def _require_terms(dataset: Dataset) -> None:
    """Raise Invalid unless the row still has the terms of this import.

    Asked in the transaction of each batch: another import may run beside this one.
    """
    rows = Dataset.objects.select_for_update(no_key=True)
    standing = rows.get(pk=dataset.pk)
    for term in TERMS:
        have, want = getattr(standing, term), getattr(dataset, term)
        if have != want:
            raise Invalid(
                f"{dataset} was imported with the {term.replace('_', ' ')} "
                f"{storable(have, 80) or 'left empty'}, not {storable(want, 80)}. "
                "Give a new revision."
            )
