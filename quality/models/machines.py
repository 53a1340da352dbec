"""How far a model agrees with people, as it was measured."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from annotation.models import Criterion, Job, Project, Rubric
from annotation.models.projects import LANGUAGES
from annotation.models.rules import append_only


class MachineAgreement(models.Model):
    """One model beside people: one criterion (or the verdict) in one language.

    `table` is the histogram the numbers were computed from, `digest` its SHA-256;
    `comparisons` is what `agreement.machine_agreement` says of it, `leaning` what
    `machine_leaning` does, empty where the scale has no order. `ratings` are people's.
    A newer row supersedes an older one. No policy reads this.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="machine_agreement"
    )
    rubric = models.ForeignKey(Rubric, models.PROTECT)
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    model = models.CharField(max_length=200)
    model_revision = models.CharField(max_length=200)
    template_id = models.CharField(max_length=100)
    template_version = models.CharField(max_length=40)
    template_hash = models.CharField(max_length=64)
    scale = models.CharField(max_length=8)
    labels = ArrayField(models.CharField(max_length=80))
    items = models.PositiveIntegerField()
    ratings = models.PositiveIntegerField()
    comparisons = models.JSONField()
    leaning = models.JSONField(default=dict)
    table = models.JSONField()
    digest = models.CharField(max_length=64)
    job = models.ForeignKey(Job, models.PROTECT, related_name="machine_agreement")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ratings__gte=F("items")),
                name="machine_agreement_items_are_rated",
            ),
            models.CheckConstraint(
                condition=~Q(model="") & ~Q(model_revision=""),
                name="machine_agreement_of_a_model",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="machine_agreement_latest")
        ]
        triggers = append_only("machine_agreement")

    def __str__(self) -> str:
        return f"{self.model}: {self.slice_name} in {self.language}"

    @property
    def slice_name(self) -> str:
        return self.criterion.code if self.criterion else "verdict"

    @property
    def question(self) -> str:
        return self.criterion.question if self.criterion else gettext("Verdict")
