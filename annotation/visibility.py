"""What may be seen: the one place that scopes rows to whoever asks.

| rows                  | annotator            | adjudicator        | lead      | worker |
| --------------------- | -------------------- | ------------------ | --------- | ------ |
| project, membership   | own                  | own                | own / all | own    |
| item, dataset         | -                    | -                  | project   | -      |
| image                 | of items assigned    | project            | project   | project|
| candidate             | -                    | complete           | project   | -      |
| assignment, draft     | own                  | own                | own       | -      |
| judgment              | own                  | own or complete    | as left   | -      |
| defect                | own                  | project            | project   | -      |
| machine judgment      | -                    | -                  | project   | -      |
| job, token, event     | -                    | -                  | project   | -      |

"Complete" is a candidate that has all its judgments: before that nobody but its author
sees a judgment, the lead included. Of a candidate that it is to judge a worker gets the
text with the job. Later stages register the rules of their own rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from annotation import models
from annotation.errors import NotFound
from annotation.models import AccessToken, Role, User

M = TypeVar("M", bound=Model)
Rule = Callable[["Viewer"], Q]
NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in one project, with the target languages it covers."""

    project_id: int
    role: str
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: a person, or a token that holds one role of one project."""

    user: User | None
    token: AccessToken | None
    grants: tuple[Grant, ...]

    @classmethod
    def of_user(cls, user: User, *, only: tuple[int, str] | None = None) -> Viewer:
        """The person with all their roles, or only with (project id, role)."""
        if not user.is_active:
            return cls(user, None, ())
        memberships = user.memberships.prefetch_related("directions")
        grants = tuple(
            Grant(m.project_id, m.role, frozenset(d.target for d in m.directions.all()))
            for m in memberships
            if only is None or (m.project_id, m.role) == only
        )
        return cls(user, None, grants)

    @classmethod
    def of_token(cls, token: AccessToken) -> Viewer:
        """The role of the token; of a person's token only what they still hold."""
        if token.user is None:
            grant = Grant(token.project_id, token.role, frozenset())
            return cls(None, token, (grant,))
        person = cls.of_user(token.user, only=(token.project_id, token.role))
        return cls(token.user, token, person.grants)

    def projects(self, *roles: str) -> list[int]:
        """Ids of the projects in which this viewer holds one of `roles` (or any)."""
        return sorted(
            {g.project_id for g in self.grants if not roles or g.role in roles}
        )

    def holds(self, project_id: int, *roles: str) -> bool:
        return project_id in self.projects(*roles)

    def languages(self, project_id: int) -> frozenset[str]:
        """Target languages this viewer may judge in."""
        return frozenset(
            language
            for grant in self.grants
            if grant.project_id == project_id and grant.role == Role.ANNOTATOR
            for language in grant.languages
        )


_RULES: dict[type[Model], Rule] = {}


def rule(model: type[Model]) -> Callable[[Rule], Rule]:
    """Register the rule that says which rows of `model` a viewer sees."""

    def register(function: Rule) -> Rule:
        _RULES[model] = function
        return function

    return register


def rows(model: type[M], viewer: Viewer) -> QuerySet[M]:
    """The rows of `model` that `viewer` may see. A model without a rule is a bug."""
    return model._default_manager.filter(_RULES[model](viewer))


def one(model: type[M], viewer: Viewer, **lookup: Any) -> M:
    """The row that `lookup` names. NotFound alike if it is hidden or does not exist."""
    found = rows(model, viewer).filter(**lookup).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def in_projects(*roles: str, path: str = "project_id") -> Rule:
    """The common rule: rows of the projects in which the viewer holds one of `roles`."""
    return lambda viewer: Q(**{f"{path}__in": viewer.projects(*roles)})


rule(models.Project)(in_projects(path="pk"))
rule(models.Dataset)(in_projects(Role.LEAD))
rule(models.Item)(in_projects(Role.LEAD, path="dataset__project_id"))
rule(models.Job)(in_projects(Role.LEAD))
rule(models.AccessToken)(in_projects(Role.LEAD))
rule(models.Event)(in_projects(Role.LEAD))
rule(models.MachineJudgment)(in_projects(Role.LEAD, path="candidate__project_id"))
rule(models.MachineRating)(
    in_projects(Role.LEAD, path="judgment__candidate__project_id")
)
rule(models.GenerationJob)(in_projects(Role.LEAD, AccessToken.Scope.WORKER))


@rule(models.Membership)
def _memberships(viewer: Viewer) -> Q:
    own = Q(user=viewer.user) if viewer.user else NOTHING
    return own | Q(project_id__in=viewer.projects(Role.LEAD))


@rule(models.Image)
def _images(viewer: Viewer) -> Q:
    items = models.Item.objects.filter(image=OuterRef("pk"))
    whole = viewer.projects(Role.LEAD, Role.ADJUDICATOR, AccessToken.Scope.WORKER)
    seen = Exists(items.filter(dataset__project_id__in=whole))
    if viewer.user is None:
        return Q(seen)
    assigned = Exists(
        items.filter(
            dataset__project_id__in=viewer.projects(Role.ANNOTATOR),
            candidates__assignments__annotator=viewer.user,
        )
    )
    return Q(seen) | Q(assigned)


@rule(models.Candidate)
def _candidates(viewer: Viewer) -> Q:
    return Q(project_id__in=viewer.projects(Role.LEAD)) | Q(
        project_id__in=viewer.projects(Role.ADJUDICATOR), complete_at__isnull=False
    )


@rule(models.Assignment)
def _assignments(viewer: Viewer) -> Q:
    if viewer.user is None:
        return NOTHING
    return Q(
        annotator=viewer.user,
        candidate__project_id__in=viewer.projects(Role.ANNOTATOR),
    )


@rule(models.Defect)
def _defects(viewer: Viewer) -> Q:
    staff = viewer.projects(Role.LEAD, Role.ADJUDICATOR)
    seen = Q(item__dataset__project_id__in=staff)
    if viewer.user is None:
        return NOTHING
    own = Q(
        reporter=viewer.user,
        item__dataset__project_id__in=viewer.projects(Role.ANNOTATOR),
    )
    return own | seen


@rule(models.Draft)
def _drafts(viewer: Viewer) -> Q:
    if viewer.user is None:
        return NOTHING
    return Q(
        assignment__annotator=viewer.user,
        assignment__candidate__project_id__in=viewer.projects(Role.ANNOTATOR),
    )


@rule(models.Judgment)
def _judgments(viewer: Viewer) -> Q:
    complete = Q(
        candidate__project_id__in=viewer.projects(Role.LEAD, Role.ADJUDICATOR),
        candidate__complete_at__isnull=False,
    )
    if viewer.user is None:
        return NOTHING
    own = Q(
        annotator=viewer.user,
        candidate__project_id__in=viewer.projects(Role.ANNOTATOR),
    )
    return own | complete
