"""A project changes what it asks: always by a new version, never by another text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotation import jobs, permissions
from annotation.errors import Conflict, require
from annotation.models import Criterion, Event, Job, Judgment, Project, Rubric
from annotation.rubrics.stored import wording_of
from annotation.rubrics.wording import Wording, read
from annotation.visibility import Viewer


@transaction.atomic
def change(
    *,
    project: Project,
    by: Viewer,
    criteria: Sequence[Mapping[str, Any]],
    guideline: str = "",
    guidelines: Mapping[str, str] | None = None,
    based_on: str = "",
) -> Rubric:
    """Ask `criteria` from now on, as the next version of the project's own rubric.

    What was judged keeps the version it was judged by. `based_on` is the version whose
    words were edited. Raises NotAllowed, Invalid with a finding for each fault, or
    Conflict if nothing is different or somebody else changed the rubric meanwhile.
    """
    require(permissions.why_not_lead(by, project))
    raw = {"guideline": guideline, "guidelines": guidelines or {}}
    wanted = read(raw | {"criteria": list(criteria)})
    rows = Project.objects.select_related("rubric")
    locked = rows.select_for_update(no_key=True, of=("self",)).get(pk=project.pk)
    before = locked.rubric
    if based_on and based_on != str(before):
        raise Conflict(
            _(
                "Somebody has made %(before)s meanwhile. Save again to put yours "
                "in its place, or look at theirs first."
            )
            % {"before": before}
        )
    if wanted == wording_of(before):
        raise Conflict(
            _("Nothing was changed: this is what %(before)s asks already.")
            % {"before": before}
        )
    rubric = _written(wanted, locked, before, by)
    Project.objects.filter(pk=locked.pk).update(rubric=rubric)
    project.rubric = rubric
    Event.record(
        Event.Kind.RUBRIC_CHANGED,
        rubric,
        project=locked,
        user=by.user,
        token=by.token,
        before=str(before),
        now=str(rubric),
    )
    if Judgment.objects.filter(candidate__project=locked).exists():
        # Or the reports would be silent until the next decision.
        jobs.ask(Job.Kind.MEASURE, project=locked)
    return rubric


def _written(wanted: Wording, project: Project, before: Rubric, by: Viewer) -> Rubric:
    rubric = Rubric.objects.create(
        # A slug, so never the name of a ready rubric, which has a full stop or stands
        # at version 1.
        name=project.code,
        version=before.version + 1,
        guideline=wanted.guideline,
        guidelines=wanted.guidelines,
        project=project,
        replaces=before,
        changed_by=by.user,
    )
    Criterion.objects.bulk_create(
        Criterion(rubric=rubric, order=order, **criterion)
        for order, criterion in enumerate(wanted.criteria, 1)
    )
    return rubric
