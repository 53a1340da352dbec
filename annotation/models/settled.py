"""From when on the answers to a candidate stay as they are."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from annotation.models.proposals import Candidate
from annotation.models.rules import append_only


class Settled(models.Model):
    """A candidate that was ruled on or has left in a release.

    A row of its own: a release settles a million at once, and writing every candidate
    anew took longer than all its checks. For the same reason Postgres does not look
    for the candidate, which is never deleted.
    """

    candidate = models.OneToOneField(
        Candidate, models.DO_NOTHING, primary_key=True, db_constraint=False
    )
    settled_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = append_only("settled")

    def __str__(self) -> str:
        return f"candidate {self.candidate_id}"
