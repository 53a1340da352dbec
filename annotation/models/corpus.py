"""Upstream data as rows: datasets, their items, the images."""

from __future__ import annotations

from os import PathLike
from typing import Any

from django.contrib.postgres.indexes import HashIndex
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext as _

from annotation.models.projects import CONTENT_KINDS, Project
from annotation.models.rules import one_of
from corpus.content import KINDS, Content, parse


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
            models.CheckConstraint(
                condition=~Q(name__contains="@") & ~Q(revision__contains="@"),
                name="dataset_at_stands_between",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.revision}"

    @property
    def full_name(self) -> str:
        """What releases and commands call it. No other dataset of its project has it."""
        return f"{self.name}@{self.revision}"


class Image(models.Model):
    """Bytes by SHA-256, or an address with a state.

    The original bytes are kept unserved for releases; people see a fresh re-encoding.
    An address whose bytes another row already holds points there with `same_as`, and
    its items move there too.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Not fetched yet"
        STORED = "stored", "Stored"
        SAME = "same", "Same bytes as another"
        GONE = "gone", "Gone"

    class Use(models.TextChoices):
        """The files of a stored image. Only the last two are shown to people."""

        ORIGINAL = "original"
        DISPLAY = "display"
        SMALL = "small"

        @property
        def alias(self) -> str:
            """The entry of the setting STORAGES that holds such files."""
            return "originals" if self is Image.Use.ORIGINAL else "pictures"

        def file_name(self, sha256: str) -> str:
            return f"{self.value}/{sha256[:2]}/{sha256}"

    sha256 = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    url = models.TextField(blank=True)
    claimed_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Given by upstream for the address."
    )
    state = models.CharField(max_length=8, choices=State)
    reason = models.CharField(max_length=200, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="same_addresses"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(
        null=True, help_text="Not fetched before; empty if it may be fetched now."
    )
    media_type = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0, help_text="Pixels, upright.")
    height = models.PositiveIntegerField(default=0, help_text="Pixels, upright.")
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
                    same_as=None,
                )
                | (
                    Q(state__in=["pending", "gone"], sha256=None, same_as=None)
                    & ~Q(url="")
                )
                | (Q(state="same", sha256=None, same_as__isnull=False) & ~Q(url="")),
                name="image_stored_or_addressed",
            ),
            models.UniqueConstraint(
                fields=["url"],
                condition=Q(sha256=None),
                name="image_address_waits_once",
            ),
        ]
        indexes = [
            # Shuffled, and always the same way: neighbours share a host.
            models.Index(
                MD5("url"), name="image_waits_shuffled", condition=Q(state="pending")
            ),
            HashIndex(fields=["url"], name="image_by_address"),
        ]

    def __str__(self) -> str:
        return self.sha256 or self.url

    def is_claimed(self, sha256: str) -> bool:
        """Whether bytes with this hash are those upstream meant, as far as it says.

        Servers encode pictures again, so other bytes are common; they are kept.
        """
        return self.claimed_sha256 in ("", sha256)

    def file_name(self, use: Use) -> str:
        """The name of one of its files in the storage of that use."""
        if self.sha256 is None:
            raise ValueError(f"{self} is {self.state}: it has no file")
        return use.file_name(self.sha256)

    @property
    def original_path(self) -> PathLike[str]:
        """A file of this machine with the original bytes.

        Where they lie in a bucket it is fetched when somebody opens it, and may be gone
        a minute later: ask for the path anew each time.
        """
        use = self.Use.ORIGINAL
        storage: Any = storages[use.alias]  # each of ours can do that
        found: PathLike[str] = storage.to_open(self.file_name(use))
        return found


class Item(models.Model):
    """One record of a dataset: a typed content and, mostly, an image."""

    # An index of its own would repeat the one of `item_key_once`.
    dataset = models.ForeignKey(
        Dataset, models.CASCADE, related_name="items", db_index=False
    )
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
            one_of("item", "kind", *KINDS),
            models.UniqueConstraint(fields=["dataset", "key"], name="item_key_once"),
        ]

    def __str__(self) -> str:
        return _("%(key)s of %(name)s") % {"key": self.key, "name": self.dataset.name}

    @property
    def content(self) -> Content:
        return parse(self.kind, self.content_json)
