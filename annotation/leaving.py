"""Out of a project: a role ends, and access with it. What the person said stays."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from annotation.errors import Conflict
from annotation.models import Event, Membership, Project, Role, User


@transaction.atomic
def end(*, membership: Membership, by: User | None) -> int:
    """End a role of a person in a project; how many items go back into the queue.

    From here on no page and no token of theirs opens what only that role may see. The
    event keeps who held what, since when. Twice changes nothing. Raises Conflict for
    the only lead.
    """
    # Two leads may press at the same moment, each on the other.
    project = Project.objects.select_for_update(no_key=True).get(
        pk=membership.project_id
    )
    found = Membership.objects.filter(pk=membership.pk).select_related("user").first()
    if found is None:
        return 0
    leads = Membership.objects.filter(project=project, role=Role.LEAD)
    if found.role == Role.LEAD and leads.count() == 1:
        raise Conflict(_("A project needs a lead. Enrol another one first."))
    is_annotator = found.role == Role.ANNOTATOR
    returned = _hand_back(project, found.user) if is_annotator else 0
    languages = found.directions.order_by("target").values_list("target", flat=True)
    Event.record(
        Event.Kind.MEMBERSHIP_ENDED,
        found,
        project=project,
        user=by,
        person=found.user.username,
        role=found.role,
        languages=list(languages),
        since=found.created_at.isoformat(),
        returned=returned,
    )
    found.delete()
    return returned


def _hand_back(project: Project, person: User) -> int:
    """Put what a person holds back into the queue, as if its time were up.

    They may meet it again if they come back, and so may what they typed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH held AS MATERIALIZED (
                SELECT s.id FROM annotation_slot s
                WHERE s.project_id = %s AND s.state = 'leased' AND EXISTS (
                    SELECT 1 FROM annotation_assignment a WHERE a.slot_id = s.id
                    AND a.annotator_id = %s AND a.ended_at IS NULL)
                ORDER BY s.id FOR NO KEY UPDATE
            ), ended AS (
                UPDATE annotation_assignment a
                SET ended_at = clock_timestamp(), ending = 'expired'
                FROM held WHERE a.slot_id = held.id AND a.annotator_id = %s
                  AND a.ended_at IS NULL
            )
            UPDATE annotation_slot s
            SET state = 'open', leased_until = NULL, position = nextval('concord_queue')
            FROM held WHERE s.id = held.id
            """,
            [project.pk, person.pk, person.pk],
        )
        return int(cursor.rowcount)
