"""Native texts to candidates, each with its authorship and its slots."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial

from annotation import assigning, batches
from annotation.batches import Report
from annotation.errors import Invalid
from annotation.models import Authorship, Candidate, Dataset, Image, Item
from annotation.native.naming import Named
from annotation.proposing import candidate_of, checked
from corpus.checks.language import of_whole
from corpus.languages import NAMES
from corpus.record import RowError
from corpus.sources.cells import content_of
from corpus.sources.native_texts import NativeText
from corpus.sources.source import CellError

NATIVE = Candidate.Origin.NATIVE


@dataclass(frozen=True, slots=True)
class Terms:
    """Where native texts come from, and under which SPDX id."""

    source: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Collection:
    """What all texts of a file share."""

    dataset: Dataset
    language: str
    terms: Terms


def add_texts(
    collection: Collection,
    rows: Iterable[NativeText | RowError],
    *,
    strict: bool = False,
    progress: Callable[[int], None] = lambda line: None,
    saved: Callable[[int], None] = lambda added: None,
) -> Report:
    """Make a candidate, its authorship and its slots of every text of a reader.

    The same text again changes nothing. Raises Invalid in strict mode if a row is bad.
    """
    return batches.put_in(
        rows,
        partial(_add_batch, collection),
        strict=strict,
        progress=progress,
        saved=saved,
    )


def _add_batch(
    collection: Collection, batch: list[NativeText | RowError], report: Report
) -> None:
    # Another file for this dataset may be read at the same time.
    Dataset.objects.select_for_update(no_key=True).get(pk=collection.dataset.pk)
    texts = [row for row in batch if isinstance(row, NativeText)]
    named = Named.by(collection.dataset, texts)
    standing = _standing(collection, named.items)
    fresh: list[Authorship] = []
    for row in batch:
        if isinstance(row, RowError):
            report.refuse(row)
            continue
        try:
            made = _authorship(row, named.item_of(row), collection)
            known = standing.setdefault(made.candidate.item_id, made)
            _require_same(made, known)
        except CellError as error:
            report.refuse(RowError(row.line, error.column, error.reason))
            continue
        if known is made:
            fresh.append(made)
        else:
            report.unchanged += 1
    candidates = Candidate.objects.bulk_create([made.candidate for made in fresh])
    Authorship.objects.bulk_create(fresh)
    assigning.mix_in(candidates)
    report.added += len(fresh)


def _standing(collection: Collection, items: list[Item]) -> dict[int, Authorship]:
    """The native text that each of these items has already, by the item's id."""
    found = Authorship.objects.filter(
        candidate__item__in=items,
        candidate__language=collection.language,
        candidate__origin=NATIVE,
    )
    rows = found.select_related("candidate")
    return {known.candidate.item_id: known for known in rows}


def _authorship(text: NativeText, item: Item, collection: Collection) -> Authorship:
    """A new candidate with where it is from, both unsaved.

    Raises CellError for whatever is wrong. A machine's text in another language is
    only warned of; here it tells that somebody chose the wrong file.
    """
    _require_judgeable(text, item)
    content_of(item.kind, text.content)  # names the field that is wrong
    try:
        content, findings = checked(
            dict(text.content),
            project=collection.dataset.project,
            item=item,
            language=collection.language,
            origin=NATIVE,
            what="It",
        )
    except Invalid as error:
        raise _blocked(error) from None
    spoken = {"languages": collection.dataset.project.all_languages}
    if wrong := of_whole(content, collection.language, spoken):
        raise CellError(wrong.field, wrong.message)
    candidate = candidate_of(
        project=collection.dataset.project,
        item=item,
        language=collection.language,
        origin=NATIVE,
        content=content,
        findings=findings,
    )
    terms = asdict(collection.terms)
    return Authorship(candidate=candidate, author=text.author, **terms)


def _blocked(error: Invalid) -> CellError:
    """The first fault that a check found, in the words of a reader."""
    first = next(iter(error.findings), None)
    if first is None:
        return CellError("content", str(error))
    return CellError(first.field or "content", first.message)


def _require_judgeable(text: NativeText, item: Item) -> None:
    if text.kind and text.kind != item.kind:
        words = item.get_kind_display().lower()
        raise CellError("kind", f"{item.key} is a {words}")
    state = item.image.state if item.image else Image.State.STORED
    if state == Image.State.GONE:
        raise CellError("image", f"the picture of {item.key} is gone")
    if state != Image.State.STORED:
        reason = f"the picture of {item.key} is not fetched yet; import this again then"
        raise CellError("image", reason)


def _require_same(made: Authorship, known: Authorship) -> None:
    """Raise CellError if the item has another native text, or this on other terms."""
    if made.candidate.digest != known.candidate.digest:
        name = NAMES[made.candidate.language]
        raise CellError("content", f"the item has another native text in {name}")
    for term in Terms.__slots__:
        have, want = getattr(known, term), getattr(made, term)
        if have != want:
            reason = f"this text came in with the {term} {have[:80]}, not {want[:80]}"
            raise CellError("content", reason)
