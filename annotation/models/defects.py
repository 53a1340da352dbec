"""What is wrong with an item itself, whatever was written about it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.corpus import Item
from annotation.models.people import User
from annotation.models.rules import one_of
from annotation.models.work import Assignment


class DefectQuerySet(models.QuerySet["Defect"]):
    def holding(self) -> Self:
        """Those that keep their item back: not looked at yet, or confirmed."""
        return self.filter(Q(outcome=None) | Q(outcome=Defect.Outcome.CONFIRMED))


class Defect(models.Model):
    """A report that an item's image or source is no good, and what came of it.

    The item is held back, in every language, until somebody has looked; for good if
    they confirm it.
    """

    class Part(models.TextChoices):
        IMAGE = "image", _lazy("The image")
        SOURCE = "source", _lazy("The source text")

    class Outcome(models.TextChoices):
        DISMISSED = "dismissed", _lazy("Nothing wrong")
        CONFIRMED = "confirmed", _lazy("Kept out")

    # An index of its own would repeat `defect_holds`, but for what was dismissed.
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="defects", db_index=False
    )
    assignment = models.OneToOneField(Assignment, models.PROTECT)
    reporter = models.ForeignKey(User, models.PROTECT, related_name="defects")
    part = models.CharField(max_length=6, choices=Part)
    note = models.TextField()
    reported_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=9, choices=Outcome, null=True)  # noqa: DJ001
    reason = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = DefectQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("defect", "part", "image", "source"),
            one_of("defect", "outcome", "dismissed", "confirmed"),
            models.CheckConstraint(
                condition=Q(outcome=None, looked_at=None, looked_by=None, reason="")
                | Q(outcome__isnull=False, looked_at__isnull=False)
                & Q(looked_by__isnull=False)
                & ~Q(reason=""),
                name="defect_looked_at_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="defect_says_what"),
        ]
        indexes = [
            models.Index(
                fields=["item"],
                condition=Q(outcome=None) | Q(outcome="confirmed"),
                name="defect_holds",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of {self.item}"
