"""Long work, as rows that stay until their effect has committed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.people import User
from annotation.models.projects import Project
from annotation.models.rules import one_of


class Job(models.Model):
    """One piece of long work: import, fetch, decide, measure, release and the like.

    The row is the truth. Celery runs it, Redis only wakes Celery, and a sweeper sends
    again what was missed. `attempt` is the fence: it only ever rises, and whoever holds
    an older number can neither report progress nor finish. `tries` counts the attempts
    since somebody last asked for the work.
    """

    class Kind(models.TextChoices):
        IMPORT = "import", _lazy("Import")
        NATIVE = "native", _lazy("Native texts")
        FETCH = "fetch", _lazy("Fetch pictures")
        DECIDE = "decide", _lazy("Decide")
        MEASURE = "measure", _lazy("Measure agreement")
        RATERS = "raters", _lazy("Measure annotators")
        RELEASE = "release", _lazy("Release")
        PART = "part", _lazy("Part of a release")

    class State(models.TextChoices):
        QUEUED = "queued", _lazy("Queued")
        RUNNING = "running", _lazy("Running")
        DONE = "done", _lazy("Done")
        FAILED = "failed", _lazy("Failed")

    project = models.ForeignKey(Project, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=8, choices=Kind)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=120, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="jobs")
    sent_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of(
                "job",
                "kind",
                "import",
                "native",
                "fetch",
                "decide",
                "measure",
                "raters",
                "release",
                "part",
            ),
            one_of("job", "state", "queued", "running", "done", "failed"),
            # One waiting row says it all: whatever comes meanwhile is seen by it.
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(state="queued", kind__in=["decide", "measure", "raters"]),
                name="job_waits_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["done", "failed"], finished_at__isnull=False)
                    | Q(state__in=["queued", "running"], finished_at=None)
                ),
                name="job_finished_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=["queued", "running"]),
                name="job_undone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def about(self) -> str:
        """What tells it from others of its kind: its dataset, its part of a release."""
        said = self.arguments
        named = (said.get(name) for name in ("name", "source", "design", "unit"))
        return ", ".join(dict.fromkeys(word for word in named if word))

    @property
    def percent(self) -> int | None:
        return None if not self.total else min(100, self.done * 100 // self.total)
