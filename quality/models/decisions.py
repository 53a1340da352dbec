"""What an adjudicator ruled, and what the policy made of it all."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models import Candidate, User
from annotation.models.rules import append_only, one_of


class Ruling(models.Model):
    """An adjudicator's answer on a contested candidate. A second look is a new row."""

    class Outcome(models.TextChoices):
        ACCEPT = "accept", _lazy("Accept")
        REJECT = "reject", _lazy("Reject")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="rulings")
    adjudicator = models.ForeignKey(User, models.PROTECT, related_name="rulings")
    outcome = models.CharField(max_length=6, choices=Outcome)
    content_json = models.JSONField(null=True, help_text="The accepted text.")
    reason = models.TextField()
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("ruling", "outcome", "accept", "reject"),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(replaces=None),
                name="ruling_first_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="accept", content_json__isnull=False)
                | Q(outcome="reject", content_json=None),
                name="ruling_accepts_a_text",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="ruling_replaces_another",
            ),
        ]
        triggers = append_only("ruling")

    def __str__(self) -> str:
        return f"{self.outcome} {self.candidate}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def current(self) -> Self:
        """Those that no later decision has replaced."""
        return self.filter(replaced_by=None)


class Decision(models.Model):
    """What the policy makes of the judgments and the ruling of one candidate.

    `evidence` is a SHA-256 over the ids of exactly the judgments and the ruling it
    used: same evidence and same policy, same decision. `checks` is the version of the
    checks that the accepted text passed. What is revised has a successor, and its text
    is there.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _lazy("Accepted")
        REJECTED = "rejected", _lazy("Rejected")
        CONTESTED = "contested", _lazy("Contested")
        REVISED = "revised", _lazy("Revised")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="decisions")
    policy = models.CharField(max_length=40)
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.CharField(max_length=200)
    content_json = models.JSONField(null=True)
    evidence = models.CharField(max_length=64)
    checks = models.CharField(
        max_length=12, blank=True, help_text="Which checks the accepted text passed."
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of(
                "decision", "outcome", "accepted", "rejected", "contested", "revised"
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(replaces=None),
                name="decision_first_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome="accepted", content_json__isnull=False)
                | (~Q(outcome="accepted") & Q(content_json=None)),
                name="decision_accepts_a_text",
            ),
        ]
        triggers = append_only("decision")

    def __str__(self) -> str:
        return f"{self.outcome}: {self.candidate}"
