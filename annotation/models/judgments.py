"""What people said. Never edited: a correction is a new row."""

from __future__ import annotations

import uuid
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.people import User
from annotation.models.projects import Criterion, Rubric
from annotation.models.proposals import Candidate
from annotation.models.rules import append_only, one_of
from annotation.models.work import Assignment, Slot

_NOT_OF_ONES_OWN = """
IF EXISTS (
    SELECT 1 FROM annotation_editor e
    WHERE e.candidate_id = NEW.candidate_id AND e.person_id = NEW.annotator_id
) THEN
    RAISE EXCEPTION 'nobody judges a text that they wrote'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class JudgmentQuerySet(models.QuerySet["Judgment"]):
    def current(self) -> Self:
        """Those that no correction has replaced."""
        return self.filter(replaced_by=None)

    def counted(self) -> Self:
        """Those that hold one of the k slots; a surplus one is kept, not counted."""
        return self.filter(slot__isnull=False)


class Judgment(models.Model):
    """One annotator's answer about one candidate.

    `id` is made by the client, so that a repeated submit is the same judgment. A
    judgment without slot came too late to count and is kept as surplus.
    """

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _lazy("Accept")
        ACCEPT_WITH_EDITS = "accept_with_edits", _lazy("Accept with edits")
        REJECT = "reject", _lazy("Reject")
        CANNOT_JUDGE = "cannot_judge", _lazy("Cannot judge")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_digest = models.CharField(max_length=64)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="judgments")
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="judgments")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="judgments")
    annotator = models.ForeignKey(User, models.PROTECT, related_name="judgments")
    rubric = models.ForeignKey(Rubric, models.PROTECT)
    verdict = models.CharField(max_length=17, choices=Verdict)
    edited_json = models.JSONField(null=True)
    note = models.TextField(blank=True)
    seconds = models.PositiveIntegerField(help_text="From claim to submit, by server.")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = JudgmentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "judgment",
                "verdict",
                "accept",
                "accept_with_edits",
                "reject",
                "cannot_judge",
            ),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(replaces=None, slot__isnull=False),
                name="judgment_one_per_slot",
            ),
            models.UniqueConstraint(
                fields=["annotator", "candidate"],
                condition=Q(replaces=None),
                name="judgment_one_per_person",
            ),
            models.CheckConstraint(
                condition=Q(verdict="accept_with_edits", edited_json__isnull=False)
                | (~Q(verdict="accept_with_edits") & Q(edited_json=None)),
                name="judgment_edits_with_their_verdict",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="judgment_replaces_another",
            ),
        ]
        triggers = [
            *append_only("judgment"),
            pgtrigger.Trigger(
                name="judgment_not_of_own_text",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_NOT_OF_ONES_OWN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} by {self.annotator}"


class Rating(models.Model):
    """The point a judgment gives on one criterion."""

    # An index of its own would repeat the one of `rating_once`.
    judgment = models.ForeignKey(
        Judgment, models.PROTECT, related_name="ratings", db_index=False
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="ratings")
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "criterion"], name="rating_once"
            )
        ]
        triggers = append_only("rating")

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.value}"
