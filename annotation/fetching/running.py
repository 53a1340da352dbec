"""The job that fetches the pictures of a project, a stretch at a time."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q

from annotation import images, jobs
from annotation.errors import Invalid
from annotation.fetching import settling
from annotation.fetching.outcomes import Fetched, Gone, Outcome
from annotation.fetching.queueing import Queue
from annotation.fetching.reading import fetch
from annotation.fetching.settling import DUE, Kept, Result, pending
from annotation.models import Image, Item, Job, Project, User

#: After so long the job ends and leaves the rest to the next one: other work has its turn.
STRETCH = timedelta(minutes=10)
BATCH = 64
REFILL_BELOW = 16
#: Said at most so often; every saying is a write.
SAY_EVERY_SECONDS = 1.0
#: One fetch job works at a time, or two would call the same host together.
LOCK = 0x436F6E63
OTHER = "other bytes than claimed"

Fetch = Callable[[str], Outcome]


def ask(project: Project, *, by: User | None = None) -> Job | None:
    """The job that fetches what is pending in a project; None if nothing is due.

    A job that already waits is enough: whatever is pending is seen by it.
    """
    settling.follow(project)
    if not pending(project).filter(DUE).exists():
        return None
    waiting = Job.objects.filter(
        project=project, kind=Job.Kind.FETCH, state=Job.State.QUEUED
    )
    return waiting.first() or jobs.ask(Job.Kind.FETCH, project=project, by=by)


def ask_due() -> Job | None:
    """Ask for the next fetch job, if pictures are due and no such job is on its way.

    Of several projects the one whose last turn is longest ago.
    """
    fetches = Job.objects.filter(kind=Job.Kind.FETCH)
    if fetches.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
        return None
    due = Item.objects.filter(
        dataset__project=OuterRef("pk"),
        image__in=Image.objects.filter(DUE, state=Image.State.PENDING),
    )
    last = Max("jobs__pk", filter=Q(jobs__kind=Job.Kind.FETCH))
    projects = Project.objects.filter(Exists(due)).annotate(last=last)
    project = projects.order_by(F("last").asc(nulls_first=True), "pk").first()
    return ask(project) if project else None


def run_fetch(
    run: jobs.Run, *, fetch: Fetch = fetch, stretch: timedelta = STRETCH
) -> None:
    """The work of a fetch job: until nothing is due or the stretch is over."""
    with _alone() as is_alone:
        if not is_alone:
            run.finish(waiting="pictures of another project are being fetched")
            return
        project = run.job.project
        tally = _fetch_due(run, project, fetch, stretch)
        with transaction.atomic():
            settling.follow(project)
            run.finish(**_said(tally, pending(project).count()))


def _fetch_due(
    run: jobs.Run, project: Project, fetch: Fetch, stretch: timedelta
) -> Counter[str]:
    """How many ended in which state."""
    total = pending(project).filter(DUE).count()
    tally: Counter[str] = Counter()
    end = time.monotonic() + stretch.total_seconds()
    said_at = time.monotonic()
    claimed: dict[str, Image] = {}
    with Queue(lambda address: keep(fetch(address))) as queue:
        try:
            while time.monotonic() < end or queue.is_running:
                _refill(queue, claimed, project, end)
                if queue.is_idle:
                    break
                for address, result in queue.finished():
                    tally += _settled(claimed.pop(address), result)
                if time.monotonic() - said_at > SAY_EVERY_SECONDS:
                    done = total_of(tally)
                    run.progress("pictures fetched", done, max(done, total))
                    said_at = time.monotonic()
        finally:
            queue.waiting.clear()
            settling.give_back([*claimed.values()])
    return tally


def _refill(
    queue: Queue[Result], claimed: dict[str, Image], project: Project, end: float
) -> None:
    """Claim more before the threads run out of work; nothing once the stretch is over."""
    if time.monotonic() >= end:
        queue.waiting.clear()
    elif len(queue.waiting) < REFILL_BELOW:
        new = {image.url: image for image in settling.claim(project, BATCH)}
        claimed |= new
        queue.add(new)


def keep(outcome: Outcome) -> Result:
    """Decode and store what was fetched. What cannot be shown is gone, with the reason."""
    if not isinstance(outcome, Fetched):
        return outcome
    try:
        made = images.draw(outcome.content)
    except Invalid as error:
        return Gone(str(error))
    sha256 = hashlib.sha256(outcome.content).hexdigest()
    images.keep(sha256, outcome.content, made)
    return Kept(sha256, len(outcome.content), made)


def _settled(image: Image, result: Result) -> Counter[str]:
    is_other = isinstance(result, Kept) and not image.is_claimed(result.sha256)
    return Counter({settling.settle(image, result).value: 1, OTHER: int(is_other)})


def total_of(tally: Counter[str]) -> int:
    return sum(tally[state] for state in Image.State.values)


def _said(tally: Counter[str], left: int) -> dict[str, int]:
    """What the lead reads under the job."""
    return {
        "stored": tally[Image.State.STORED],
        "same_as_another": tally[Image.State.SAME],
        "gone": tally[Image.State.GONE],
        "tried_again_later": tally[Image.State.PENDING],
        "not_as_claimed": tally[OTHER],
        "left": left,
    }


@transaction.atomic
def revive(project: Project, *, by: User | None = None) -> Job | None:
    """Try the addresses that are gone once more, all of them, from the beginning."""
    items = Item.objects.filter(image=OuterRef("pk"), dataset__project=project)
    Image.objects.filter(Exists(items), state=Image.State.GONE).update(
        state=Image.State.PENDING, reason="", attempts=0, next_try_at=None
    )
    return ask(project, by=by)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other fetch job is at work, which stays so inside the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
