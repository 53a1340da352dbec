"""Upstream data as rows: datasets, their items, the images."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotation.models.projects import CONTENT_KINDS, Project
from corpus.content import Content, parse


class Dataset(models.Model):
    """One upstream source at one revision, with licence and attribution."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="datasets")
    source = models.CharField(max_length=60, help_text="Name of the reader.")
    name = models.CharField(max_length=80)
    revision = models.CharField(max_length=80)
    licence = models.CharField(max_length=60, help_text="SPDX identifier.")
    licence_url = models.URLField(blank=True)
    attribution = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "revision"], name="dataset_revision_once"
            ),
            models.CheckConstraint(
                condition=~Q(licence="") & ~Q(attribution=""),
                name="dataset_licence_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.revision}"


class Image(models.Model):
    """Bytes by SHA-256, or an address with a state.

    The original bytes are kept unserved for releases; people see a fresh re-encoding.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Not fetched yet"
        STORED = "stored", "Stored"
        GONE = "gone", "Gone"

    sha256 = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    url = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the original.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="stored",
                    sha256__isnull=False,
                    width__gt=0,
                    height__gt=0,
                    size__gt=0,
                )
                | (Q(state__in=["pending", "gone"], sha256=None) & ~Q(url="")),
                name="image_stored_or_addressed",
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=Q(sha256=None),
                name="image_address_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256 or self.url

    @property
    def original_path(self) -> Path:
        return self._path("original")

    @property
    def display_path(self) -> Path:
        return self._path("display")

    def _path(self, use: str) -> Path:
        if self.sha256 is None:
            raise ValueError(f"{self} is {self.state}: it has no file")
        return settings.MEDIA_DIR / use / self.sha256[:2] / self.sha256


class Item(models.Model):
    """One record of a dataset: a typed content and, mostly, an image."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="items")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=CONTENT_KINDS)
    content_json = models.JSONField()
    digest = models.CharField(max_length=64)
    image = models.ForeignKey(Image, models.PROTECT, null=True, related_name="items")
    image_url = models.TextField(blank=True)
    group = models.CharField(max_length=200, blank=True)
    upstream = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "key"], name="item_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.dataset.name}"

    @property
    def content(self) -> Content:
        return parse(self.kind, self.content_json)
