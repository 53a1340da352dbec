"""When it is allowed. Each answers with a reason, or with nothing when it is."""

from __future__ import annotations

from annotation.models import Assignment, Judgment, Role
from annotation.visibility import Viewer


def why_not_submit(assignment: Assignment, by: Viewer) -> str | None:
    """A lease that ran out is no reason: late work counts if its slot is free."""
    if by.user is None or assignment.annotator_id != by.user.pk:
        return "This item is assigned to someone else."
    return None


def why_not_skip(assignment: Assignment, by: Viewer) -> str | None:
    return why_not_submit(assignment, by)


def why_not_correct(judgment: Judgment, by: Viewer) -> str | None:
    if by.user is None or judgment.annotator_id != by.user.pk:
        return "Only its author may correct a judgment."
    candidate = judgment.candidate
    if candidate.settled_at:
        return "This item has been settled since, so the answer stays as it is."
    # Asked of the person: a token may carry fewer roles than they hold.
    sees_others = by.user.memberships.filter(
        project_id=candidate.project_id, role__in=(Role.LEAD, Role.ADJUDICATOR)
    )
    if candidate.complete_at and sees_others.exists():
        return "This item is complete, and you may have seen the others' answers."
    return None
