"""People, what they may do in a project, and the tokens machines carry."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.projects import LANGUAGES, Project
from annotation.models.rules import one_of


class User(AbstractUser):
    """Somebody who can log in."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _lazy("As the system")
        LIGHT = "light", _lazy("Light")
        DARK = "dark", _lazy("Dark")

    class Language(models.TextChoices):
        """Of the pages. Each is named in itself, for those who read no other."""

        BROWSER = "", _lazy("As the browser says")
        ENGLISH = "en", "English"
        FRENCH = "fr", "Français"
        GERMAN = "de", "Deutsch"
        ITALIAN = "it", "Italiano"
        SPANISH = "es", "Español"

    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    single_keys = models.BooleanField(
        "single-key shortcuts",
        default=True,
        help_text=_lazy(
            "Switch off if you use speech input or press keys by accident."
        ),
    )

    language = models.CharField(
        max_length=2, choices=Language, default=Language.BROWSER, blank=True
    )

    class Meta(AbstractUser.Meta):
        constraints = [one_of("user", "language", "", "en", "fr", "de", "it", "es")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    LEAD = "lead", _lazy("Lead")
    ADJUDICATOR = "adjudicator", _lazy("Adjudicator")
    ANNOTATOR = "annotator", _lazy("Annotator")


class Membership(models.Model):
    """A person's role in a project. One person may hold several roles."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=11, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "project", "role"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.project}"


class Direction(models.Model):
    """A language direction a member works in: en to de is not de to en."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="directions"
    )
    source = models.CharField(max_length=8, choices=LANGUAGES)
    target = models.CharField(max_length=8, choices=LANGUAGES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "source", "target"], name="direction_once"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="direction_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} to {self.target}"


class AccessToken(models.Model):
    """A key for the machine door: one project, one role, shown once, stored hashed.

    A token of role `worker` belongs to a machine. A token of any other role acts for
    the person it was made for, who must still hold that role when it is used.
    """

    class Scope(models.TextChoices):
        WORKER = "worker", _lazy("Worker")
        LEAD = "lead", _lazy("Lead")
        ADJUDICATOR = "adjudicator", _lazy("Adjudicator")
        ANNOTATOR = "annotator", _lazy("Annotator")

    project = models.ForeignKey(Project, models.CASCADE, related_name="tokens")
    role = models.CharField(max_length=11, choices=Scope)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="tokens_made"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="tokens_revoked"
    )
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="worker", user=None)
                | (~Q(role="worker") & Q(user__isnull=False)),
                name="token_worker_or_person",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False),
                name="token_revoked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
