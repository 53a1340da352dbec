"""Work for the GPU machine, as rows it leases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from annotation.models.corpus import Item
from annotation.models.people import AccessToken
from annotation.models.projects import LANGUAGES, Project, Rubric
from annotation.models.rules import one_of

#: Most characters of a model's name with its revision.
LONGEST_JUDGE = 401


class GenerationJob(models.Model):
    """Work for the GPU machine: make a candidate of this item in this language.

    Or to judge one: such a job names the `candidate`, the `rubric` to judge it by, and
    the model that is to do it, the `judge`.
    Leased with a fencing number that rises with each lease, so that a machine which
    lost its lease can no longer fail or extend somebody else's.
    """

    class State(models.TextChoices):
        READY = "ready", "Ready"
        LEASED = "leased", "Leased"
        DONE = "done", "Done"
        SET_ASIDE = "set_aside", "Set aside for a person"

    class Task(models.TextChoices):
        REGENERATE = "regenerate", "Regenerate"
        TRANSLATE = "translate", "Translate"
        JUDGE = "judge", "Judge"

    project = models.ForeignKey(Project, models.CASCADE, related_name="generation_jobs")
    # An index of its own would repeat the one of `generation_job_once`.
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="generation_jobs", db_index=False
    )
    language = models.CharField(max_length=8, choices=LANGUAGES)
    task = models.CharField(max_length=10, choices=Task)
    version = models.PositiveSmallIntegerField(default=1)
    candidate = models.ForeignKey(
        "Candidate",
        models.CASCADE,
        null=True,
        related_name="judge_jobs",
        db_index=False,
    )
    rubric = models.ForeignKey(Rubric, models.PROTECT, null=True, db_index=False)
    judge = models.CharField(max_length=LONGEST_JUDGE, blank=True, db_default="")
    state = models.CharField(max_length=9, choices=State, default=State.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.ForeignKey(AccessToken, models.PROTECT, null=True)
    worker = models.CharField(max_length=80, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("generation", "state", "ready", "leased", "done", "set_aside"),
            one_of("generation", "task", "regenerate", "translate", "judge"),
            models.UniqueConstraint(
                fields=["item", "language", "version", "candidate", "rubric", "judge"],
                name="generation_job_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(task="judge", candidate__isnull=False, rubric__isnull=False)
                & ~Q(judge="")
                | ~Q(task="judge") & Q(candidate=None, rubric=None, judge=""),
                name="generation_judges_a_candidate",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="leased", leased_until__isnull=False, leased_by__isnull=False
                )
                | ~Q(state="leased"),
                name="generation_lease_has_an_end",
            ),
        ]
        indexes = [
            # Whoever writes does not read past the jobs to judge, nor the other way.
            models.Index(
                fields=["project", "id"],
                condition=Q(state="ready", candidate=None),
                name="generation_ready",
            ),
            models.Index(
                fields=["project", "judge", "id"],
                condition=Q(state="ready", candidate__isnull=False),
                name="generation_to_judge",
            ),
            models.Index(
                fields=["candidate"],
                condition=Q(candidate__isnull=False),
                name="generation_of_candidate",
            ),
            models.Index(
                fields=["leased_until"],
                condition=Q(state="leased"),
                name="generation_leased",
            ),
        ]

    def __str__(self) -> str:
        into = "in" if self.candidate_id else "into"
        return f"{self.task} {self.item} {into} {self.language}"
