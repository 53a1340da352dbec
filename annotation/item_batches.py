"""One batch of an import: what is new goes in, what came before is compared.

An item is known by its dataset and key. Where several files may hold one item (POPE),
the same picture and text under another key is that item, too.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from annotation import item_rows
from annotation.batches import Remark, Report
from annotation.errors import Invalid
from annotation.models import Dataset, Item
from corpus.content import digest, dump
from corpus.plain_text import storable
from corpus.record import Found, Record, Repeat, RowError
from corpus.sources import READERS

TERMS = ("source", "licence", "licence_url", "attribution")

TWINS = Remark(
    "One of the new rows shows a picture and a text that this dataset has under another "
    "key already. If this is the same set from another kind of file, people would judge "
    "it twice.",
    "{n} of the new rows show a picture and a text that this dataset has under another "
    "key already. If this is the same set from another kind of file, people would judge "
    "them twice.",
)
RECATEGORISED = Remark(
    "One row stands under another category here than when it first came in; that one "
    "was kept. To have the new one, import the file under a new revision.",
    "{n} rows stand under another category here than when they first came in; that one "
    "was kept. To have the new one, import the file under a new revision.",
)
OTHER_BYTES = Remark(
    "One row has a picture whose bytes are not those that upstream names by their "
    "SHA-256. It went in with the bytes that were found.",
    "{n} rows have pictures whose bytes are not those that upstream names by their "
    "SHA-256. They went in with the bytes that were found.",
)
NOTHING = "There was no row to import, so there is no new dataset."


def put(
    dataset: Dataset,
    mirror: Path | None,
    batch: list[Found],
    report: Report,
) -> None:
    """Put a batch in, inside the caller's transaction, and count it in `report`.

    A dataset that is not in the database gets its row here, with its first item.
    Raises Invalid if the row has other terms.
    """
    records: dict[str, Record] = {}
    for row in batch:
        if isinstance(row, RowError):
            report.refuse(row)
        elif isinstance(row, Repeat):
            report.repeats += 1
        elif row.key in records:
            report.refuse(RowError(row.line, "key", f"{row.key} stands there twice"))
        else:
            records[row.key] = row
    if not records:
        return
    is_new = _hold(dataset)
    known = {
        item.key: item for item in Item.objects.filter(dataset=dataset, key__in=records)
    }
    for key in records.keys() & known.keys():
        _compare(records[key], known[key], dataset, report)
    fresh = [record for key, record in records.items() if key not in known]
    before = report.added
    _add(dataset, fresh, mirror, report)
    if is_new and report.added == before:
        Dataset.objects.filter(pk=dataset.pk).delete()
        dataset.pk = None


def _add(
    dataset: Dataset, records: list[Record], mirror: Path | None, report: Report
) -> None:
    """The records whose keys are new, but for those that are items all the same."""
    by_key = {record.key: record for record in records}
    known = item_rows.known(records, mirror)
    rows = []
    for record in records:
        try:
            image = item_rows.image_of(record, mirror, known)
        except Invalid as error:
            report.refuse(RowError(record.line, "image", f"{record.key}: {error}"))
            continue
        rows.append(item_rows.row_of(dataset, record, image))
        if wrong := item_rows.why_other(record, image):
            told = RowError(record.line, "image", f"{record.key}: {wrong}")
            report.warn(told, OTHER_BYTES)
    there = item_rows.alike(dataset, rows)
    again: list[item_rows.Row] = []
    if READERS[dataset.source].merge is None:
        report.remarks[TWINS] += len(there)
    else:
        rows, again = _parted(rows, there)
    item_rows.copy_in(rows)
    item_rows.ask_for_candidates(dataset, [row.key for row in rows])
    report.added += len(rows)
    there = item_rows.alike(dataset, again)
    for row in again:
        _compare(by_key[row.key], there[row.said], dataset, report)


def _parted(
    rows: list[item_rows.Row], there: Container[tuple[int | None, str]]
) -> tuple[list[item_rows.Row], list[item_rows.Row]]:
    """Those that say something new, and those that say what is there or came before."""
    new: list[item_rows.Row] = []
    again: list[item_rows.Row] = []
    seen = set()
    for row in rows:
        is_known = bool(row.image_id) and (row.said in there or row.said in seen)
        (again if is_known else new).append(row)
        seen.add(row.said)
    return new, again


def _compare(record: Record, known: Item, dataset: Dataset, report: Report) -> None:
    """An item that came before: the same, or more rows of it, or another text."""
    if digest(record.content) != known.digest:
        if _uncategorised(dump(record.content)) != _uncategorised(known.content_json):
            reason = "was imported before with another text; give a new --revision"
            report.refuse(RowError(record.line, "key", f"{record.key} {reason}"))
            return
        report.remarks[RECATEGORISED] += 1
    report.unchanged += 1
    merge = READERS[dataset.source].merge
    upstream = merge(known.upstream, dict(record.upstream)) if merge else None
    if upstream is not None and upstream != known.upstream:
        known.upstream = upstream  # the next row of this batch may add to it
        known.save(update_fields=["upstream"])


def _uncategorised(content: dict[str, object]) -> dict[str, object]:
    """What people read and answer. Files of one set may sort it otherwise."""
    return {name: value for name, value in content.items() if name != "category"}


def _hold(dataset: Dataset) -> bool:
    """Make `dataset` its row, locked until the commit; true if there was none yet.

    Asked in the transaction of each batch: another import may run beside this one.
    """
    standing, is_new = Dataset.objects.select_for_update(no_key=True).get_or_create(
        project=dataset.project,
        name=dataset.name,
        revision=dataset.revision,
        defaults={term: getattr(dataset, term) for term in TERMS},
    )
    dataset.pk = standing.pk
    require_terms(dataset, standing)
    return is_new


def require_terms(dataset: Dataset, standing: Dataset) -> None:
    """Raise Invalid unless the row has the terms under which this import came."""
    for term in TERMS:
        have, want = getattr(standing, term), getattr(dataset, term)
        if have != want:
            raise Invalid(
                f"{dataset} was imported with the {term.replace('_', ' ')} "
                f"{storable(have, 80) or 'left empty'}, not {storable(want, 80)}. "
                "Give a new revision."
            )
