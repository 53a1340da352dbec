"""Slots, who holds them, and how far each person has come in the queue."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Func, Q, TextField
from django.db.models.functions import Cast, Now
from django.db.models.lookups import LessThanOrEqual

from annotation.models.people import User
from annotation.models.projects import LANGUAGES, Project
from annotation.models.proposals import Candidate
from annotation.models.rules import one_of


class Slot(models.Model):
    """One of the k judgments a candidate needs.

    `position` orders the queue. A slot that comes back (skipped, expired) gets a new
    position at the end, so that nobody's cursor has passed it and claiming never has
    to look behind.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        LEASED = "leased", "Leased"
        FILLED = "filled", "Filled"

    project = models.ForeignKey(Project, models.CASCADE, related_name="slots")
    # An index of its own would repeat the one of `slot_number_once`.
    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="slots", db_index=False
    )
    language = models.CharField(max_length=8, choices=LANGUAGES)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    position = models.BigIntegerField()
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("slot", "state", "open", "leased", "filled"),
            models.UniqueConstraint(
                fields=["candidate", "number"], name="slot_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="leased", leased_until__isnull=False)
                | Q(state__in=["open", "filled"], leased_until=None),
                name="slot_leased_until_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "language", "position"],
                condition=Q(state="open"),
                name="slot_open",
            ),
            models.Index(
                fields=["leased_until"],
                condition=Q(state="leased"),
                name="slot_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.number} of {self.candidate}"


class Assignment(models.Model):
    """A slot leased to a person until a time. Its id is the address of the page."""

    class Ending(models.TextChoices):
        SUBMITTED = "submitted", "Submitted"
        SKIPPED = "skipped", "Skipped"
        EXPIRED = "expired", "Expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="assignments")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="assignments")
    annotator = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    leased_at = models.DateTimeField()
    leased_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=9, choices=Ending, null=True)  # noqa: DJ001
    skip_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            one_of("assignment", "ending", "submitted", "skipped", "expired"),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(ended_at=None),
                name="assignment_one_holder",
            ),
            # Annotator first: the other order made every pick read the whole table.
            models.UniqueConstraint(
                fields=["annotator", "candidate"],
                condition=Q(ending=None) | ~Q(ending="expired"),
                name="assignment_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending=None)
                | Q(ended_at__isnull=False, ending__isnull=False),
                name="assignment_ended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(leased_until__gt=F("leased_at")),
                name="assignment_lasts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["annotator"],
                condition=Q(ended_at=None),
                name="assignment_held",
            )
        ]

    def __str__(self) -> str:
        return f"{self.slot} for {self.annotator}"


class Draft(models.Model):
    """What the holder has typed about an item and not yet said.

    `fields` are those of the judging form, whatever they are: name to list of values, as
    a browser sends them. Goes when the judgment is written or the item is skipped.
    """

    #: Of `fields` as JSON in UTF-8.
    MAX_BYTES = 1024 * 1024

    assignment = models.OneToOneField(
        Assignment, models.CASCADE, primary_key=True, related_name="draft"
    )
    fields = models.JSONField()
    counter = models.PositiveBigIntegerField(help_text="Rises with each change.")
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            # Postgres writes JSON with spaces, hence not the very same bound.
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        Cast("fields", TextField()),
                        function="octet_length",
                        output_field=models.IntegerField(),
                    ),
                    2 * 1024 * 1024,
                ),
                name="draft_is_small",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.counter} of {self.assignment}"


class QueueCursor(models.Model):
    """How far a person has come in one queue. Its row lock makes a double click wait."""

    project = models.ForeignKey(Project, models.CASCADE)
    annotator = models.ForeignKey(User, models.CASCADE)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    position = models.BigIntegerField(default=0)
    looked_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["annotator", "project", "language"], name="cursor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.annotator} at {self.position}"
