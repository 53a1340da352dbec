"""A frozen, numbered export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from annotation.models import Project, User
from annotation.models.rules import append_only, one_of
from corpus.languages import ENGLISH


class Release(models.Model):
    """A release that is whole and visible: the row is written last, after the files.

    `manifest` is the content of manifest.json, `manifest_sha256` its hash.
    """

    class Design(models.TextChoices):
        TRAINING = "training", _lazy("Training set")
        BENCHMARK = "benchmark", _lazy("Benchmark set")

    project = models.ForeignKey(Project, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    design = models.CharField(max_length=9, choices=Design)
    languages = ArrayField(models.CharField(max_length=8))
    datasets = ArrayField(
        models.CharField(max_length=161),
        default=list,
        help_text="Those chosen, as name@revision; none chosen is all there were.",
    )
    policy = models.CharField(max_length=40)
    items = models.PositiveIntegerField()
    left_out = models.JSONField(default=dict)
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="releases"
    )

    class Meta:
        constraints = [
            one_of("release", "design", "training", "benchmark"),
            models.UniqueConstraint(
                fields=["project", "number"], name="release_number_once"
            ),
            models.CheckConstraint(
                condition=Q(items__gte=1), name="release_is_not_empty"
            ),
            models.CheckConstraint(
                condition=~Q(datasets__contains=[""]), name="release_names_datasets"
            ),
        ]
        triggers = append_only("release")

    def __str__(self) -> str:
        return f"{self.project.code}-{self.number:03d}"

    @property
    def all_languages(self) -> list[str]:
        """Those that its provenance has a file for, English sources among them."""
        english = [ENGLISH] if self.manifest["wish"]["english"] else []
        return sorted({*self.languages, *english})

    @property
    def choices(self) -> str:
        """What was chosen beside design and languages, in words."""
        wish = self.manifest.get("wish", {})
        arm, share = wish.get("arm"), wish.get("test_share")
        chosen = ", ".join(self.datasets)
        said = [
            _("only %(datasets)s") % {"datasets": chosen} if chosen else "",
            _("%(arm)s arm") % {"arm": arm} if arm else "",
            ", ".join(wish.get("formats", [])),
            _("%(share)s held out") % {"share": f"{share:.0%}"} if share else "",
        ]
        return "; ".join(filter(None, said))

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Its languages, each with the rows of its splits; one may have none.

        English first. Empty for releases made before manifests told them.
        """
        examples = self.manifest.get("examples")
        if examples is None:
            return []
        ordered = sorted(self.all_languages, key=lambda code: (code != ENGLISH, code))
        found: dict[str, list[tuple[str, int]]] = {code: [] for code in ordered}
        for told in examples:
            found[told["language"]].append((told["split"], told["rows"]))
        return list(found.items())

    @property
    def notes(self) -> list[str]:
        """What a reader of it should know, one sentence each."""
        return list(self.manifest.get("notes", []))

    @property
    def folder(self) -> Path:
        return settings.RELEASE_DIR / self.project.code / f"{self.number:03d}"

    @property
    def archive(self) -> Path:
        return self.folder.with_suffix(".zip")

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.manifest.get("files", []))
