"""What models said of candidates. Kept apart from people's answers, and never edited."""

from __future__ import annotations

from django.db import models

from annotation.models.judgments import Judgment
from annotation.models.projects import Criterion, Rubric
from annotation.models.proposals import Candidate, MadeByMachine
from annotation.models.rules import append_only, one_of


class MachineJudgment(MadeByMachine):
    """One model's answer about one candidate. It fills no slot and decides nothing.

    `spans` are the words it finds fault with, as it quotes them: a list of {text,
    severity, comment}. Who would accept with edits is not asked for the edits.
    """

    # An index of its own would repeat the one of `machine_judgment_once`.
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="machine_judgments", db_index=False
    )
    rubric = models.ForeignKey(Rubric, models.PROTECT)
    verdict = models.CharField(max_length=17, choices=Judgment.Verdict)
    spans = models.JSONField(default=list)
    explanation = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of(
                "machine_judgment",
                "verdict",
                "accept",
                "accept_with_edits",
                "reject",
                "cannot_judge",
            ),
            models.UniqueConstraint(
                fields=[
                    "candidate",
                    "rubric",
                    "model",
                    "model_revision",
                    "template_id",
                    "template_version",
                    "template_hash",
                ],
                name="machine_judgment_once",
            ),
        ]
        triggers = append_only("machine_judgment")

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} by {self.model}"


class MachineRating(models.Model):
    """The point a model's judgment gives on one criterion."""

    # An index of its own would repeat the one of `machine_rating_once`.
    judgment = models.ForeignKey(
        MachineJudgment, models.PROTECT, related_name="ratings", db_index=False
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="machine_ratings"
    )
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "criterion"], name="machine_rating_once"
            )
        ]
        triggers = append_only("machine_rating")

    def __str__(self) -> str:
        return f"{self.criterion.code}: {self.value}"
