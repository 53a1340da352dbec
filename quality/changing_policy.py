"""A project moves on to a newer policy, and all that is complete is decided again."""

from __future__ import annotations

from django.db import transaction

from annotation import jobs, permissions
from annotation.errors import Invalid, require
from annotation.models import Candidate, Event, Job, Project
from annotation.visibility import Viewer
from quality.policies import POLICIES


@transaction.atomic
def change_policy(*, project: Project, policy: str, by: Viewer) -> int:
    """Decide by `policy` from now on; how many candidates are decided again for it.

    Decisions made so far stay on record, and in the releases made of them. Raises
    NotAllowed, or Invalid if there is no such policy or it is not a newer one.
    """
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    require(permissions.why_not_lead(by, project))
    known = list(POLICIES)
    if policy not in known:
        listed = ", ".join(known)
        raise Invalid(f"There is no policy {policy!r}. Choose one of {listed}.")
    before = project.policy
    if known.index(policy) <= known.index(before):
        raise Invalid(
            f"{project.code} decides by {before} already, and only moves on to a newer "
            "policy."
        )
    project.policy = policy
    project.save(update_fields=["policy"])
    complete = Candidate.objects.filter(project=project, complete_at__isnull=False)
    again = complete.update(needs_decision=True)
    Event.record(
        Event.Kind.POLICY_CHANGED,
        project,
        project=project,
        user=by.user,
        token=by.token,
        before=before,
        now=policy,
    )
    jobs.ask(Job.Kind.DECIDE, project_id=project.pk)
    return again
