"""A project, and the rubric its people judge by."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.rules import append_only, one_of
from corpus.content import KINDS
from corpus.languages import ENGLISH, NAMES

LANGUAGES = list(NAMES.items())
CONTENT_KINDS = [(kind, _lazy(kind.replace("_", " "))) for kind in KINDS]


class Rubric(models.Model):
    """What people are asked, in one version. A change is a new version.

    A ready one belongs to no project; a project's own names the one it replaced.
    `guidelines` is the guideline by language, where one has its own.
    """

    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    guideline = models.TextField(blank=True)
    guidelines = models.JSONField(default=dict, blank=True)
    project = models.ForeignKey(
        "Project", models.PROTECT, null=True, related_name="own_rubrics"
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"], name="rubric_name_version"
            ),
            models.UniqueConstraint(
                fields=["project", "replaces"], name="rubric_replaced_once"
            ),
            models.CheckConstraint(
                condition=Q(project=None, replaces=None, changed_by=None)
                | Q(
                    project__isnull=False,
                    replaces__isnull=False,
                    changed_by__isnull=False,
                ),
                name="rubric_of_a_project_replaces_one",
            ),
        ]
        triggers = append_only("rubric")

    def __str__(self) -> str:
        return f"{self.name}/{self.version}"

    def guideline_in(self, language: str) -> str:
        """The guideline of a language, or the general one where it has none."""
        return str(self.guidelines.get(language) or self.guideline)


class Criterion(models.Model):
    """One question of a rubric, with its ordered points; a rating is a point's value.

    `points` is a list of {"value": int, "label": str}, worst first for an ordinal
    scale; each may have "help", and by language "help_in" and "examples". `kinds` names
    the content kinds it applies to; empty means all.
    """

    class Scale(models.TextChoices):
        BINARY = "binary", _lazy("Yes or no")
        ORDINAL = "ordinal", _lazy("Ordered points")
        NOMINAL = "nominal", _lazy("Unordered labels")

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="criteria")
    code = models.SlugField(max_length=40)
    question = models.CharField(max_length=200)
    help = models.TextField(blank=True)
    scale = models.CharField(max_length=8, choices=Scale)
    points = models.JSONField()
    kinds = ArrayField(
        models.CharField(max_length=20, choices=CONTENT_KINDS), default=list, blank=True
    )
    required = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            one_of("criterion", "scale", "binary", "ordinal", "nominal"),
            models.UniqueConstraint(
                fields=["rubric", "code"], name="criterion_code_once"
            ),
            models.UniqueConstraint(
                fields=["rubric", "order"], name="criterion_order_once"
            ),
        ]
        triggers = append_only("criterion")

    def __str__(self) -> str:
        return f"{self.code} of {self.rubric}"

    @property
    def values(self) -> list[int]:
        return [point["value"] for point in self.points]

    @property
    def labels(self) -> list[str]:
        return [point["label"] for point in self.points]

    def points_in(self, language: str) -> list[dict[str, Any]]:
        """Value, label, help and example of each point, in a language where it has them.

        An example that a language lacks is the English one, if there is one.
        """
        return [_in_language(point, language) for point in self.points]

    def applies_to(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def _in_language(point: dict[str, Any], language: str) -> dict[str, Any]:
    examples = point.get("examples", {})
    spoken = language if language in examples else "en"
    return {
        "value": point["value"],
        "label": point["label"],
        "help": point.get("help_in", {}).get(language) or point.get("help", ""),
        "example": examples.get(spoken, ""),
        "example_language": spoken,
    }


class Project(models.Model):
    """Sources x languages x rubric x overlap x policy, with its members."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    source_language = models.CharField(max_length=8, choices=LANGUAGES, default=ENGLISH)
    target_languages = ArrayField(models.CharField(max_length=8, choices=LANGUAGES))
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="projects")
    overlap = models.PositiveSmallIntegerField(
        default=3, help_text="Judgments each candidate needs."
    )
    lease_minutes = models.PositiveSmallIntegerField(default=30)
    policy = models.CharField(max_length=40, default="majority/2")
    #: What people are called in releases follows from it, so it never leaves.
    pseudonym_salt = models.UUIDField(db_default=RandomUUID(), editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(overlap__gte=1, overlap__lte=9),
                name="project_overlap_1_to_9",
            ),
            models.CheckConstraint(
                condition=Q(lease_minutes__gte=1, lease_minutes__lte=1440),
                name="project_lease_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(target_languages__len__gte=1)
                & ~Q(target_languages__contains=[F("source_language")]),
                name="project_targets_are_not_the_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def pseudonym(self, person: int) -> str:
        """What the user of that id is called in whatever leaves the project."""
        salted = f"{self.pseudonym_salt}{person}"
        return f"rater-{hashlib.sha256(salted.encode()).hexdigest()[:10]}"

    @property
    def all_languages(self) -> list[str]:
        """What its texts are in: the language of the sources, then the others."""
        return [self.source_language, *self.target_languages]

    @property
    def languages(self) -> list[tuple[str, str]]:
        return [(code, gettext(NAMES[code])) for code in self.target_languages]
