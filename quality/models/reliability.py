"""How far each annotator can be relied on, as it was last worked out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from annotation.models import Criterion, Job, Project, Rubric
from annotation.models.projects import LANGUAGES


class Reliability(models.Model):
    """The annotators of one slice: one criterion (or the verdict) in one language.

    Renewed in place. `content` is what `annotators.profiling` makes of the ratings;
    people stand in it by id. `fingerprint` tells whether the ratings are still the
    same, `every` is 1, or n if only every n-th item was looked at.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reliability")
    rubric = models.ForeignKey(Rubric, models.PROTECT)
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    fingerprint = models.CharField(max_length=80)
    every = models.PositiveIntegerField(default=1)
    items = models.PositiveIntegerField()
    ratings = models.PositiveIntegerField()
    raters = models.PositiveIntegerField()
    content = models.JSONField()
    job = models.ForeignKey(Job, models.PROTECT, related_name="reliability")
    renewed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "rubric", "criterion", "language"],
                name="reliability_slice_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(items__lte=F("ratings"), raters__gte=1, every__gte=1),
                name="reliability_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"annotators of {self.slice_name} in {self.language}"

    @property
    def slice_name(self) -> str:
        return self.criterion.code if self.criterion else "verdict"
