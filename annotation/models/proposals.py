"""A text for an item, and where it came from: a machine, a person, or an edit."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.corpus import Item
from annotation.models.generation import GenerationJob
from annotation.models.projects import LANGUAGES, Project
from annotation.models.rules import append_only, one_of
from corpus.content import Content, parse

#: Most characters of the terms of native texts.
LONGEST_TERMS = {"source": 80, "licence": 60}


#: The origins of a text that no other candidate came before.
FIRST_ORIGINS = ("regenerated", "translated", "native", "source")
_OF_A_PERSON = Q(origin="native") | Q(first_origin="native")
#: An edited text is a later version of the same line, for the same item and language.
_SAME_LINE = """
IF NOT EXISTS (
    SELECT 1 FROM annotation_candidate c
    WHERE c.id = NEW.revises_id AND c.project_id = NEW.project_id
      AND c.item_id = NEW.item_id AND c.language = NEW.language
      AND c.version < NEW.version AND coalesce(c.first_id, c.id) = NEW.first_id
      AND coalesce(nullif(c.first_origin, ''), c.origin) = NEW.first_origin
) THEN
    RAISE EXCEPTION 'an edited text revises one of another line'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Candidate(models.Model):
    """Text for (item, language), waiting for its judgments.

    An edited one names the candidate it `revises`, and the `first` of that line, whose
    origin it keeps as `first_origin`.
    """

    class Origin(models.TextChoices):
        REGENERATED = "regenerated", _lazy("Regenerated")
        TRANSLATED = "translated", _lazy("Translated")
        NATIVE = "native", _lazy("Native")
        SOURCE = "source", _lazy("Source")
        EDITED = "edited", _lazy("Edited")

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
    # Few rows name another: an index of all would hold nothing but nulls.
    revises = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="revised_by", db_index=False
    )
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", db_index=False
    )
    first_origin = models.CharField(max_length=11, blank=True, db_default="")
    changed = models.FloatField(
        null=True, help_text="Share of its characters that the edit changed."
    )
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
                fields=[
                    "item",
                    "language",
                    "version",
                    "content_json",
                    "needed",
                    "revises",
                    "first",
                    "first_origin",
                ],
            ),
            pgtrigger.Trigger(
                name="candidate_revises_its_like",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__origin="edited"),
                func=_SAME_LINE,
            ),
        ]
        constraints = [
            one_of("candidate", "origin", *FIRST_ORIGINS, "edited"),
            # Native texts stand beside the machine's and count their own versions.
            models.UniqueConstraint(
                "item",
                "language",
                "version",
                models.ExpressionWrapper(_OF_A_PERSON, models.BooleanField()),
                name="candidate_version_once",
            ),
            models.UniqueConstraint(
                fields=["revises"],
                condition=Q(revises__isnull=False),
                name="candidate_revised_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    origin="edited",
                    revises__isnull=False,
                    first__isnull=False,
                    first_origin__in=FIRST_ORIGINS,
                    changed__isnull=False,
                )
                | ~Q(origin="edited")
                & Q(revises=None, first=None, first_origin="", changed=None),
                name="candidate_edited_from_another",
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
            models.Index(
                fields=["project"],
                condition=Q(origin="edited", complete_at=None),
                name="candidate_edited_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} in {self.language}"

    @property
    def content(self) -> Content:
        return parse(self.item.kind, self.content_json)

    @property
    def is_edited(self) -> bool:
        return self.revises_id is not None

    @property
    def written_as(self) -> str:
        """The origin of the text that people have edited, or of this one."""
        return self.first_origin or self.origin


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
