"""When it is allowed. Each answers with a reason, or with nothing when it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotation import settling
from annotation.models import Assignment, Judgment, Role
from annotation.visibility import Viewer


def why_not_submit(assignment: Assignment) -> str | None:
    """A lease that ran out is no reason: late work counts if its slot is free."""
    if assignment.ending == Assignment.Ending.SKIPPED:
        return _("You skipped this item, so somebody else will see it.")
    return None


def why_not_correct(judgment: Judgment, *, sees_others: bool) -> str | None:
    """`sees_others`: whether its author may have read the others' answers by now."""
    candidate = judgment.candidate
    if settling.is_settled(candidate):
        return _("This item has been settled since, so the answer stays as it is.")
    if candidate.complete_at and sees_others:
        return _("This item is complete, and you may have seen the others' answers.")
    return None


def sees_others(by: Viewer, project_id: int) -> bool:
    """Asked of the person: a token may carry fewer roles than they hold."""
    if by.user is None:
        return False
    return by.user.memberships.filter(
        project_id=project_id, role__in=(Role.LEAD, Role.ADJUDICATOR)
    ).exists()
