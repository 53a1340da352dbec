"""Who wrote an edited candidate."""

from __future__ import annotations

from django.db import models

from annotation.models.judgments import Judgment
from annotation.models.people import User
from annotation.models.proposals import Candidate
from annotation.models.rules import append_only


class Editor(models.Model):
    """Somebody who wrote an edited candidate's text: they stand behind it, others judge.

    They wrote it in the `judgment` of the candidate it revises, or without one, in the
    ruling on that.
    """

    # An index of its own would repeat the one of `editor_once`.
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="editors", db_index=False
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="edits")
    judgment = models.ForeignKey(
        Judgment, models.PROTECT, null=True, related_name="edits", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "person"], name="editor_once")
        ]
        triggers = append_only("editor")

    def __str__(self) -> str:
        return f"{self.person}, editor of {self.candidate}"
