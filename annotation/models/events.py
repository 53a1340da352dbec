"""Who did what, when, to what. Written in the same transaction as the change."""

from __future__ import annotations

from typing import Any

from django.db import models

from annotation.models.people import AccessToken, User
from annotation.models.projects import Project
from annotation.models.rules import append_only


class Event(models.Model):
    """One change. A person or a token did it; neither means Concord itself."""

    class Kind(models.TextChoices):
        IMPORTED = "imported"
        CANDIDATE_PROPOSED = "candidate_proposed"
        GENERATION_FAILED = "generation_failed"
        CLAIMED = "claimed"
        SKIPPED = "skipped"
        JUDGED = "judged"
        CORRECTED = "corrected"
        RULED = "ruled"
        RELEASED = "released"
        MEASURED = "measured"
        ENROLLED = "enrolled"
        MEMBERSHIP_ENDED = "membership_ended"
        GENERATION_REOPENED = "generation_reopened"
        TOKEN_MADE = "token_made"
        TOKEN_REVOKED = "token_revoked"
        JOB_REQUESTED = "job_requested"
        CONTROL_SET = "control_set"
        DEFECT_REPORTED = "defect_reported"
        DEFECT_LOOKED_AT = "defect_looked_at"
        MACHINE_ASKED = "machine_asked"
        MACHINE_JUDGED = "machine_judged"
        RUBRIC_CHANGED = "rubric_changed"
        POLICY_CHANGED = "policy_changed"
        REVISED = "revised"
        NOBODY_LEFT = "nobody_left"

    kind = models.CharField(max_length=20, choices=Kind)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="events"
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="events")
    token = models.ForeignKey(AccessToken, models.PROTECT, null=True)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["project", "id"], name="event_by_project")]
        triggers = append_only("event")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @classmethod
    def record(
        cls,
        kind: Kind,
        subject: models.Model,
        *,
        project: Project | None = None,
        project_id: int | None = None,
        user: User | None = None,
        token: AccessToken | None = None,
        **detail: Any,
    ) -> Event:
        """Write the row for a change of `subject`, inside the caller's transaction."""
        return cls.objects.create(
            kind=kind,
            subject=f"{subject._meta.model_name}:{subject.pk}",
            project_id=project.pk if project else project_id,
            user=user,
            token=token,
            detail=detail,
        )
