"""Machine-made or native text for an item, and where it came from."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from annotation.models.corpus import Item
from annotation.models.people import AccessToken
from annotation.models.projects import LANGUAGES, Project, Rubric
from annotation.models.rules import append_only, one_of
from corpus.content import Content, parse

#: Most characters of the terms of native texts.
LONGEST_TERMS = {"source": 80, "licence": 60}
#: Of a model's name with its revision.
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


class Candidate(models.Model):
    """Text for (item, language), waiting for its judgments."""

    class Origin(models.TextChoices):
        REGENERATED = "regenerated", "Regenerated"
        TRANSLATED = "translated", "Translated"
        NATIVE = "native", "Native"
        SOURCE = "source", "Source"

    # Indexes of their own would repeat `candidate_by_language` and
    # `candidate_version_once`.
    project = models.ForeignKey(
        Project, models.CASCADE, related_name="candidates", db_index=False
    )
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="candidates", db_index=False
    )
    language = models.CharField(max_length=8, choices=LANGUAGES)
    origin = models.CharField(max_length=11, choices=Origin)
    version = models.PositiveSmallIntegerField(default=1)
    content_json = models.JSONField()
    digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    needed = models.PositiveSmallIntegerField()
    complete_at = models.DateTimeField(null=True)
    needs_decision = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(
                name="candidate_text_read_only",
                fields=["item", "language", "version", "content_json", "needed"],
            )
        ]
        constraints = [
            one_of(
                "candidate", "origin", "regenerated", "translated", "native", "source"
            ),
            # Native texts stand beside the machine's and count their own versions.
            models.UniqueConstraint(
                "item",
                "language",
                "version",
                models.ExpressionWrapper(Q(origin="native"), models.BooleanField()),
                name="candidate_version_once",
            ),
            models.CheckConstraint(
                condition=Q(needed__gte=1), name="candidate_needs_judgments"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "language"], name="candidate_by_language"),
            models.Index(
                fields=["project"],
                condition=Q(needs_decision=True),
                name="candidate_undecided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} in {self.language}"

    @property
    def content(self) -> Content:
        return parse(self.item.kind, self.content_json)


class MadeByMachine(models.Model):
    """What a machine answered with: which model, from which prompt, with what, when."""

    model = models.CharField(max_length=200)
    model_revision = models.CharField(max_length=200)
    licence = models.CharField(max_length=60)
    engine = models.CharField(max_length=60)
    engine_version = models.CharField(max_length=60)
    template_id = models.CharField(max_length=100)
    template_version = models.CharField(max_length=40)
    template_hash = models.CharField(max_length=64)
    rendered_prompt = models.TextField()
    parameters = models.JSONField(default=dict)
    seed = models.BigIntegerField(null=True)
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    finish_reason = models.CharField(max_length=40)
    raw_output = models.TextField()
    idempotency_key = models.CharField(max_length=64)
    generation_job = models.OneToOneField(GenerationJob, models.PROTECT)
    worker = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Provenance(MadeByMachine):
    """What wrote a machine's candidate, from which prompt, with what, and when."""

    candidate = models.OneToOneField(Candidate, models.CASCADE)

    class Meta:
        triggers = append_only("provenance")

    def __str__(self) -> str:
        return f"{self.model} at {self.model_revision}"


class Authorship(models.Model):
    """Where a native candidate comes from, and under which terms it may go out."""

    candidate = models.OneToOneField(Candidate, models.CASCADE)
    source = models.CharField(
        max_length=LONGEST_TERMS["source"], help_text="The collection it is from."
    )
    licence = models.CharField(
        max_length=LONGEST_TERMS["licence"], help_text="SPDX identifier."
    )
    attribution = models.TextField()
    author = models.CharField(
        max_length=200, blank=True, help_text="Who wrote it, as far as it may be told."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(licence="") & ~Q(attribution=""),
                name="authorship_terms_known",
            ),
        ]
        triggers = append_only("authorship")

    def __str__(self) -> str:
        return f"{self.candidate}, from {self.source}"


class Control(models.Model):
    """A candidate with a known answer, mixed in unseen. Never measured or released
    as if nobody had known: a spoiled one is never released at all."""

    class Design(models.TextChoices):
        GOLD = "gold", "Known to be right"
        SPOILED = "spoiled", "Spoiled on purpose"

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="control")
    design = models.CharField(max_length=7, choices=Design)
    expected_verdict = models.CharField(max_length=17)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("control", "design", "gold", "spoiled"),
            one_of(
                "control",
                "expected_verdict",
                "accept",
                "accept_with_edits",
                "reject",
                "cannot_judge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.design}: {self.candidate}"
