"""Stage 3, slots to assignments: the only place that claims.

The claim itself is one SQL function (migration 0002), because it must be one statement
under a row lock and is the hot path. It never looks behind the person's cursor, except
once a minute when nothing is ahead: a slot that comes back gets a new place at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation import drafting, jobs, permissions
from annotation.errors import Conflict, Invalid, NothingLeft, require
from annotation.models import (
    Assignment,
    Candidate,
    Defect,
    Direction,
    Editor,
    Event,
    Job,
    Judgment,
    Project,
    Role,
    Slot,
)
from annotation.visibility import Viewer

#: Items leased beside the one at hand, so that a browser can have them ready.
AHEAD = 2

#: Beyond this nobody cares how long the queue is, and counting would cost.
MOST_COUNTED = 1000


@transaction.atomic
def open_slots(candidate: Candidate) -> None:
    """Queue the k slots of a new candidate at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO annotation_slot
                (project_id, candidate_id, language, number, state, position)
            SELECT %s, %s, %s, n, 'open', nextval('concord_queue')
            FROM generate_series(1, %s) AS n
            """,
            [
                candidate.project_id,
                candidate.pk,
                candidate.language,
                candidate.needed,
            ],
        )


@transaction.atomic
def mix_in(candidates: Sequence[Candidate]) -> None:
    """Queue the slots of these, all of one queue, at random among those that wait.

    Who met them in a row would know them for what they are. They come ahead of every
    cursor; where nobody has anything ahead, they come at the end.
    """
    if not candidates:
        return
    queue: dict[str, int | str | list[int]] = {
        "project": candidates[0].project_id,
        "language": candidates[0].language,
        "ids": [candidate.pk for candidate in candidates],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH ahead AS MATERIALIZED (
                SELECT coalesce((
                    SELECT max(position) FROM annotation_queuecursor
                    WHERE project_id = %(project)s AND language = %(language)s
                ), 0) AS after, coalesce((
                    SELECT max(position) FROM annotation_slot
                    WHERE project_id = %(project)s AND language = %(language)s
                      AND state = 'open'
                ), 0) AS last
            )
            INSERT INTO annotation_slot
                (project_id, candidate_id, language, number, state, position)
            SELECT c.project_id, c.id, c.language, n, 'open',
                   CASE WHEN last > after
                        THEN after + 1 + floor(random() * (last - after))::bigint
                        ELSE nextval('concord_queue') END
            FROM annotation_candidate c, generate_series(1, c.needed) AS n, ahead
            WHERE c.id = ANY(%(ids)s)
            """,
            queue,
        )


def claim(*, project: Project, language: str, by: Viewer) -> Assignment:
    """Lease the next open slot of this queue to `by`, or give back the one they hold.

    Two people who ask at once get two different slots. Raises NothingLeft when no slot
    is open that this person may fill.
    """
    held = claim_ahead(project=project, language=language, by=by, many=1)
    if not held:
        raise NothingLeft(_("Nothing is waiting for you in this language right now."))
    return held[0]


@transaction.atomic
def claim_ahead(
    *, project: Project, language: str, by: Viewer, many: int = 1 + AHEAD
) -> list[Assignment]:
    """Lease slots until `by` holds `many` of this queue; all they hold, oldest first.

    The first is the item at hand. Those ahead are not handed back when the person
    leaves: their leases end by themselves, like all others.
    """
    require(permissions.why_not_judge(by, project, language))
    assert by.user is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT assignment, is_new FROM concord_claim(%s, %s, %s, %s)",
            [project.pk, language, by.user.pk, min(many, 1 + AHEAD)],
        )
        found: dict[UUID, bool] = dict(cursor.fetchall())
    held = Assignment.objects.select_related("candidate__item").in_bulk(list(found))
    for key, is_new in found.items():
        if is_new:
            Event.record(
                Event.Kind.CLAIMED,
                held[key],
                project=project,
                user=by.user,
                token=by.token,
            )
    return [held[key] for key in found]


@transaction.atomic
def skip(*, assignment: Assignment, by: Viewer, reason: str) -> None:
    """Give the slot back for somebody else; this person does not meet it again."""
    require(permissions.why_not_hold(by, assignment))
    reason = reason.strip()
    if not reason:
        raise Invalid(_("Say in a word why you skip it."))
    slot = Slot.objects.select_for_update(no_key=True).get(pk=assignment.slot_id)
    ended = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
    if not ended.exists():
        raise Conflict(_("This item is no longer yours to skip."))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE annotation_assignment
            SET ended_at = clock_timestamp(), ending = 'skipped', skip_reason = %s
            WHERE id = %s
            """,
            [reason[:200], assignment.pk],
        )
        cursor.execute(
            """
            UPDATE annotation_slot
            SET state = 'open', leased_until = NULL, position = nextval('concord_queue')
            WHERE id = %s
            """,
            [slot.pk],
        )
    drafting.drop(assignment)
    Event.record(
        Event.Kind.SKIPPED,
        assignment,
        project_id=slot.project_id,
        user=by.user,
        token=by.token,
        reason=reason[:200],
    )
    if assignment.candidate.is_edited:
        # Perhaps nobody is left to judge it; the deciding sees to that.
        jobs.ask(Job.Kind.DECIDE, project_id=slot.project_id)


def queue_again(item_id: int) -> None:
    """Queue the open slots of an item's candidates at the end, ahead of every cursor."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE annotation_slot s SET position = nextval('concord_queue')
            FROM annotation_candidate c
            WHERE c.item_id = %s AND s.candidate_id = c.id AND s.state = 'open'
            """,
            [item_id],
        )


def reopen_expired(limit: int = 1000) -> int:
    """End leases whose time is up, by the database's clock; the number ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT concord_reopen_expired(%s)", [limit])
        return int(cursor.fetchone()[0])


def waiting(*, project: Project, language: str, by: Viewer) -> str:
    """How many items this person holds or may claim, in words; large queues in round."""
    assert by.user is not None
    held = Assignment.objects.filter(
        annotator=by.user,
        ended_at=None,
        leased_until__gt=Now(),
        slot__project=project,
        slot__language=language,
    )
    met = Assignment.objects.filter(annotator=by.user, candidate=OuterRef("candidate"))
    answered = Judgment.objects.filter(
        annotator=by.user, candidate=OuterRef("candidate")
    )
    wrote = Editor.objects.filter(person=by.user, candidate=OuterRef("candidate"))
    open_slots = Slot.objects.filter(
        ~Exists(met.exclude(ending=Assignment.Ending.EXPIRED)),
        ~Exists(answered),
        ~Exists(wrote),
        ~Exists(Defect.objects.holding().filter(item=OuterRef("candidate__item"))),
        project=project,
        language=language,
        state=Slot.State.OPEN,
    )
    found = open_slots.values_list("candidate").order_by("position")[:MOST_COUNTED]
    candidates = len(set(found)) + held.count()
    if len(found) == MOST_COUNTED:
        return _("%(n)s or more items") % {"n": candidates}
    return ngettext("%(n)s item", "%(n)s items", candidates) % {"n": candidates}


def that_nobody_may_fill(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those that nobody enrolled may take any more, unless a defect holds them back."""
    by_person = {
        "annotator": OuterRef("membership__user"),
        "candidate": OuterRef(OuterRef("pk")),
    }
    met = Assignment.objects.filter(**by_person)
    wrote = Editor.objects.filter(
        person=OuterRef("membership__user"), candidate=OuterRef(OuterRef("pk"))
    )
    may_fill = Direction.objects.filter(
        ~Exists(met.exclude(ending=Assignment.Ending.EXPIRED)),
        ~Exists(Judgment.objects.filter(**by_person)),
        ~Exists(wrote),
        membership__project=OuterRef("project"),
        membership__role=Role.ANNOTATOR,
        membership__user__is_active=True,
        target=OuterRef("language"),
    )
    held_back = Defect.objects.holding().filter(item=OuterRef("item"))
    return candidates.filter(~Exists(may_fill), ~Exists(held_back))


def stranded(candidates: QuerySet[Candidate], project: Project) -> QuerySet[Candidate]:
    """Skipped candidates with a slot that nobody enrolled may fill any more.

    Whoever skipped does not meet them again, so they wait until somebody is enrolled.
    Each has `skip_reasons`, sorted and without names.
    """
    skipped = Assignment.objects.filter(
        ending=Assignment.Ending.SKIPPED, candidate=OuterRef("pk")
    )
    reasons = skipped.order_by("skip_reason").values("skip_reason")
    waiting = Slot.objects.filter(candidate=OuterRef("pk"), state=Slot.State.OPEN)
    found = that_nobody_may_fill(candidates).filter(
        Exists(skipped), Exists(waiting), project=project, complete_at=None
    )
    return (
        found.annotate(skip_reasons=ArraySubquery(reasons))
        .select_related("item__dataset")
        .order_by("pk")
    )


def annotators_by_language(project: Project) -> dict[str, int]:
    """How many people may judge in each target language."""
    counted = (
        Direction.objects.filter(
            membership__project=project,
            membership__role=Role.ANNOTATOR,
            membership__user__is_active=True,
        )
        .values_list("target")
        .annotate(n=Count("membership__user", distinct=True))
    )
    return dict.fromkeys(project.target_languages, 0) | dict(counted)
