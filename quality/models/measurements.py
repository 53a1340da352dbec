"""Agreement as it was measured, with everything needed to compute it again."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from annotation.models import Criterion, Job, Project, Rubric
from annotation.models.projects import LANGUAGES
from annotation.models.rules import append_only


class Measurement(models.Model):
    """The statistics of one slice: one criterion (or the verdict) in one language.

    `by` and `value` narrow it to one data set, content kind, generator or rubric
    version. Of pairs of annotators nothing is stored here, see `Reliability`.
    `table` is the histogram of per-item count patterns the estimates were computed
    from, `digest` its SHA-256, `estimates` a list of {name, value, low, high,
    standard_error, interval_method, undefined}. A newer row supersedes an older one.
    """

    class By(models.TextChoices):
        DATASET = "dataset", _lazy("Data set")
        KIND = "kind", _lazy("Content kind")
        GENERATOR = "generator", _lazy("Model")
        RUBRIC = "rubric", _lazy("Rubric version")

    project = models.ForeignKey(Project, models.PROTECT, related_name="measurements")
    rubric = models.ForeignKey(Rubric, models.PROTECT)
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    by = models.CharField(max_length=9, choices=By, blank=True)
    value = models.CharField(max_length=200, blank=True)
    scale = models.CharField(max_length=8)
    labels = ArrayField(models.CharField(max_length=80))
    label_counts = ArrayField(models.PositiveIntegerField())
    items = models.PositiveIntegerField()
    pairable = models.PositiveIntegerField()
    ratings = models.PositiveIntegerField()
    raters = models.PositiveIntegerField()
    estimates = models.JSONField()
    flags = models.JSONField(default=list)
    table = models.JSONField()
    digest = models.CharField(max_length=64)
    job = models.ForeignKey(Job, models.PROTECT, related_name="measurements")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pairable__lte=models.F("items")),
                name="measurement_pairs_are_items",
            ),
            models.CheckConstraint(
                condition=Q(by="", value="")
                | Q(by__in=["dataset", "kind", "generator", "rubric"]) & ~Q(value=""),
                name="measurement_narrowed_to_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "criterion", "language", "-id"],
                name="measurement_latest",
            )
        ]
        triggers = append_only("measurement")

    def __str__(self) -> str:
        return f"{self.slice_name} in {self.language} {self.value}".strip()

    @property
    def slice_name(self) -> str:
        return self.criterion.code if self.criterion else "verdict"

    @property
    def is_of_present_rubric(self) -> bool:
        return self.rubric_id == self.project.rubric_id

    @property
    def question(self) -> str:
        return self.criterion.question if self.criterion else gettext("Verdict")

    def estimate(self, name: str) -> dict[str, Any] | None:
        return next((e for e in self.estimates if e["name"] == name), None)
