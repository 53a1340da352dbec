"""Projects, members, tokens and log-in links: how people and machines get in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotation import rubrics
from annotation.errors import Conflict, Invalid, NotFound
from annotation.models import (
    AccessToken,
    Direction,
    Event,
    Membership,
    Project,
    Role,
    User,
)
from corpus.languages import ENGLISH, NAMES

LINK_SALT = "concord.login-link"
LINK_AGE = timedelta(days=7)
SPENT = gettext_lazy("This link is not complete, or it has expired. Ask for a new one.")


@transaction.atomic
def create_project(
    *,
    code: str,
    name: str,
    languages: Iterable[str],
    overlap: int = 3,
    description: str = "",
    lead: User | None = None,
    rubric: str = "standard",
) -> Project:
    """A project with one of the ready rubrics. Raises Invalid or Conflict."""
    targets = list(dict.fromkeys(languages))
    unknown = [language for language in targets if language not in NAMES]
    if unknown:
        raise Invalid(f"{unknown[0]!r} is none of {', '.join(NAMES)}.")
    if not targets or ENGLISH in targets:
        raise Invalid(
            f"Give at least one target language, and not the source, {ENGLISH}."
        )
    if not 1 <= overlap <= 9:
        raise Invalid("The overlap is a number from 1 to 9.")
    project = Project(
        code=code,
        name=name,
        description=description,
        target_languages=targets,
        overlap=overlap,
        rubric=rubrics.ready(rubric),
    )
    try:
        project.clean_fields(exclude=["rubric"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    if Project.objects.filter(code=code).exists():
        raise Conflict(f"There is a project {code!r} already.")
    project.save()
    if lead:
        enrol(project=project, user=lead, role=Role.LEAD)
    return project


@transaction.atomic
def enrol(
    *,
    project: Project,
    user: User,
    role: str,
    languages: Iterable[str] = (),
    by: User | None = None,
) -> Membership:
    """Give a person a role, an annotator also the languages. Twice changes nothing."""
    targets = list(languages)
    outside = [t for t in targets if t not in project.target_languages]
    if outside:
        raise Invalid(f"{outside[0]!r} is no target language of {project.code}.")
    if role == Role.ANNOTATOR and not targets:
        raise Invalid("An annotator needs at least one language.")
    membership, is_new = Membership.objects.get_or_create(
        project=project, user=user, role=role
    )
    fresh = []
    for target in targets:
        _, made = Direction.objects.get_or_create(
            membership=membership, source=project.source_language, target=target
        )
        fresh += [target] if made else []
    if is_new or fresh:
        Event.record(
            Event.Kind.ENROLLED,
            membership,
            project=project,
            user=by,
            person=user.username,
            role=role,
            languages=fresh,
        )
    return membership


def _digest(secret: str) -> str:
    # A fast hash is right for 256 random bits; slow ones are for passwords.
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(
    *,
    project: Project,
    role: str,
    name: str,
    by: User | None,
    user: User | None = None,
    days: int = 90,
) -> tuple[AccessToken, str]:
    """A new token and its secret, which is shown this once and never stored.

    A worker token belongs to a machine; any other acts for `user`, who must hold the
    role in this project.
    """
    if role == AccessToken.Scope.WORKER:
        user = None
    elif user is None or not user.memberships.filter(project=project, role=role):
        raise Invalid(
            _("Only somebody who is %(role)s of this project can have that.")
            % {"role": role}
        )
    if not 1 <= days <= 366:
        raise Invalid(_("A token lasts from 1 to 366 days."))
    secret = f"concord_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        project=project,
        role=role,
        user=user,
        name=name.strip() or role,
        prefix=secret[8:16],
        digest=_digest(secret),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    Event.record(Event.Kind.TOKEN_MADE, token, project=project, user=by, role=role)
    return token, secret


def find_token(secret: str) -> AccessToken | None:
    """The valid token of a secret, with its last use noted (to the minute)."""
    token = (
        AccessToken.objects.select_related("user", "project")
        .filter(digest=_digest(secret), revoked_at=None, expires_at__gt=Now())
        .first()
    )
    if token is None:
        return None
    stale = Q(last_used_at=None) | Q(last_used_at__lt=Now() - timedelta(minutes=1))
    AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=Now())
    return token


@transaction.atomic
def revoke_token(*, token: AccessToken, by: User) -> None:
    """End a token at once. Twice changes nothing."""
    live = AccessToken.objects.filter(pk=token.pk, revoked_at=None)
    if live.update(revoked_at=Now(), revoked_by=by):
        Event.record(
            Event.Kind.TOKEN_REVOKED, token, project_id=token.project_id, user=by
        )


def _password_mark(user: User) -> str:
    """Changes with the password, so that old links die with it."""
    return hashlib.sha256(user.password.encode()).hexdigest()[:16]


def login_link(user: User) -> str:
    """An address that logs this person in, good for a week."""
    signature = signing.dumps([user.pk, _password_mark(user)], salt=LINK_SALT)
    return f"{settings.BASE_URL}{reverse('login_link', args=[signature])}"


def user_of_link(signature: str) -> User:
    """The person of a log-in link. Raises NotFound if it is spent or not ours."""
    try:
        pk, mark = signing.loads(signature, salt=LINK_SALT, max_age=LINK_AGE)
    except signing.BadSignature:
        raise NotFound(str(SPENT)) from None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or _password_mark(user) != mark:
        raise NotFound(str(SPENT))
    return user
