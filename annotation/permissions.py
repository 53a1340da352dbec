"""Who may. Each answers with a reason, or with nothing when it is allowed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from annotation.models import Assignment, Judgment, Project, Role
from annotation.visibility import Viewer
from corpus.languages import NAMES


def why_not_judge(viewer: Viewer, project: Project, language: str) -> str | None:
    if not viewer.holds(project.pk, Role.ANNOTATOR):
        return _("Only annotators of this project judge its items.")
    if language not in viewer.languages(project.pk):
        name = _(NAMES.get(language, language))
        return _("You are not enrolled for %(name)s in this project. Ask its lead.") % {
            "name": name
        }
    return None


def why_not_lead(viewer: Viewer, project: Project) -> str | None:
    if not viewer.holds(project.pk, Role.LEAD):
        return _("Only a lead of this project may do that.")
    return None


def why_not_adjudicate(viewer: Viewer, project: Project) -> str | None:
    if not viewer.holds(project.pk, Role.ADJUDICATOR):
        return _("Only an adjudicator of this project may do that.")
    return None


def why_not_look(viewer: Viewer, project_id: int) -> str | None:
    """Who may say what comes of a reported defect."""
    if viewer.user is None or not viewer.holds(project_id, Role.LEAD, Role.ADJUDICATOR):
        return _("Only a lead or an adjudicator of this project may do that.")
    return None


def why_not_hold(viewer: Viewer, assignment: Assignment) -> str | None:
    if viewer.user is None or assignment.annotator_id != viewer.user.pk:
        return _("This item is assigned to someone else.")
    return None


def why_not_author(viewer: Viewer, judgment: Judgment) -> str | None:
    if viewer.user is None or judgment.annotator_id != viewer.user.pk:
        return _("Only its author may correct a judgment.")
    return None
