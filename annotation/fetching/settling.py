"""What a fetch changes in the database: claims before, results after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import MD5, Now

from annotation import images
from annotation.fetching.outcomes import Gone, Later
from annotation.images import Copies
from annotation.models import Image, Item, Project

MAX_ATTEMPTS = 5
#: From one attempt to the next.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
# Longer than a worker can take over all it claims; if it dies, they wait for so long.
LEASE = timedelta(minutes=15)
DUE = Q(next_try_at=None) | Q(next_try_at__lte=Now())


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are on disk with their copies, and now want a row."""

    sha256: str
    size: int
    made: Copies


Result = Kept | Gone | Later


def pending(project: Project) -> QuerySet[Image]:
    """The images of a project's items that nobody has fetched yet."""
    items = Item.objects.filter(image=OuterRef("pk"), dataset__project=project)
    return Image.objects.filter(Exists(items), state=Image.State.PENDING)


def pending_of(dataset: int | None) -> QuerySet[Image]:
    """Those of a dataset's items, each once, however many show it; None has none."""
    items = Item.objects.filter(image=OuterRef("pk"), dataset=dataset)
    return Image.objects.filter(Exists(items), state=Image.State.PENDING)


def follow(project: Project) -> None:
    """Lead items to the row that holds their bytes.

    An import may add an item to an address in the moment in which its bytes turn out to
    be those of another. One join: the IN that Django would write joins items with
    items, which takes minutes before Postgres has statistics of a new import.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotation_item i SET image_id = m.same_as_id "
            "FROM annotation_image m, annotation_dataset d "
            "WHERE m.id = i.image_id AND m.state = %s "
            "AND d.id = i.dataset_id AND d.project_id = %s",
            [Image.State.SAME, project.pk],
        )


@transaction.atomic
def claim(project: Project, limit: int) -> list[Image]:
    """Up to `limit` due images, in shuffled order, that nobody else fetches meanwhile."""
    # Whoever was not settled in all that time has taken its worker down each time.
    pending(project).filter(DUE, attempts__gte=MAX_ATTEMPTS).update(
        state=Image.State.GONE,
        reason=f"tried {MAX_ATTEMPTS} times; each time the work was cut short",
        next_try_at=None,
    )
    due = pending(project).filter(DUE).order_by(MD5("url"), "pk")
    rows = list(due.select_for_update(skip_locked=True, no_key=True)[:limit])
    mine = Image.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(attempts=F("attempts") + 1, next_try_at=Now() + LEASE)
    for row in rows:
        row.attempts += 1
    return rows


def give_back(claimed: list[Image]) -> None:
    """Undo a claim that came to nothing."""
    for image in claimed:
        _mine(image).update(attempts=image.attempts - 1, next_try_at=None)


def settle(image: Image, result: Result) -> Image.State:
    """Write down what became of a claimed image; the state it has now."""
    match result:
        case Kept():
            return _store(image, result)
        case Gone(reason):
            return _end(image, reason)
        case Later(reason, seconds):
            return _put_off(image, reason, timedelta(seconds=seconds))


def _store(image: Image, kept: Kept) -> Image.State:
    fields = images.stored_fields(kept.sha256, kept.size, kept.made)
    try:
        with transaction.atomic():
            _mine(image).update(reason="", next_try_at=None, **fields)
    except IntegrityError:
        # Two addresses, the same bytes: their items end at one image.
        return _join(image, Image.objects.get(sha256=kept.sha256))
    return Image.State.STORED


@transaction.atomic
def _join(image: Image, twin: Image) -> Image.State:
    joined = _mine(image).update(
        state=Image.State.SAME, same_as=twin, reason="", next_try_at=None
    )
    if joined:
        Item.objects.filter(image=image).update(image=twin)
    return Image.State.SAME


def _end(image: Image, reason: str) -> Image.State:
    _mine(image).update(state=Image.State.GONE, reason=reason[:200], next_try_at=None)
    return Image.State.GONE


def _put_off(image: Image, reason: str, wish: timedelta) -> Image.State:
    if image.attempts >= MAX_ATTEMPTS:
        return _end(image, f"tried {image.attempts} times; the last time: {reason}")
    pause = max(wish, PAUSES[image.attempts - 1])
    _mine(image).update(reason=reason[:200], next_try_at=Now() + pause)
    return Image.State.PENDING


def _mine(image: Image) -> QuerySet[Image]:
    """The row, unless somebody else has claimed or settled it since."""
    return Image.objects.filter(
        pk=image.pk, state=Image.State.PENDING, attempts=image.attempts
    )
