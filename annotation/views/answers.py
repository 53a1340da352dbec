"""A person's own answers, and correcting them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import judging, permissions, policies, visibility
from annotation.errors import Invalid, NotAllowed, require_still
from annotation.forms import JudgmentForm
from annotation.models import Judgment, Project, Role
from annotation.search_form import SearchForm
from annotation.views.changes import Change, changes_of
from annotation.views.judging import form_for, next_item, own_answers, screen
from annotation.views.page import PageRequest, page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in the list, and why it cannot be corrected, if so."""

    judgment: Judgment
    why_not: str | None

    @property
    def excerpt(self) -> str:
        """What tells the candidate from others: its question, or its caption."""
        texts = dict(self.judgment.candidate.content.texts())
        names = ("question", "question 1", "caption")
        return next(texts[name] for name in names if name in texts)

    @property
    def changes(self) -> list[Change]:
        return changes_of(self.judgment.candidate, self.judgment)


@page("GET")
def history(request: PageRequest, code: str) -> HttpResponse:
    project = visibility.one(Project, request.viewer, code=code)
    if not request.viewer.holds(project.pk, Role.ANNOTATOR):
        raise NotAllowed(_("Only annotators of this project have answers in it."))
    everything = own_answers(request, project)
    search = SearchForm(project, request.GET)
    answers = search.among(everything).select_related(
        "candidate__item", "candidate__settled"
    )
    answers = answers.annotate(marked=Count("spans"))
    pages = Paginator(answers, PER_PAGE).get_page(request.GET.get("page"))
    sees_others = policies.sees_others(request.viewer, project.pk)
    rows = [
        Row(judgment, policies.why_not_correct(judgment, sees_others=sees_others))
        for judgment in pages
    ]
    context = {
        "project": project,
        "pages": pages,
        "rows": rows,
        "search": search,
        "any": bool(rows) or everything.exists(),
    }
    return render(request, "annotation/history.html", context)


@page("GET", "POST")
def correct(request: PageRequest, pk: UUID) -> HttpResponse:
    viewer = request.viewer
    judgment = visibility.one(Judgment, viewer, pk=pk, annotator=request.user)
    newer = visibility.rows(Judgment, viewer).filter(replaces=judgment).first()
    if newer and request.method != "POST":
        return redirect("correct", newer.pk)
    candidate = judgment.candidate
    sees_others = policies.sees_others(viewer, candidate.project_id)
    require_still(policies.why_not_correct(judgment, sees_others=sees_others))
    form = form_for(candidate, request, corrects=judgment)
    if form.is_valid() and _corrected(request, judgment, form):
        messages.success(request, _("Corrected."))
        if _came_from_queue(request, judgment):
            return next_item(request, candidate.project, candidate.language)
        return redirect("history", candidate.project.code)
    context = screen(candidate, form) | {"judgment": judgment}
    status = 422 if form.is_bound else 200
    return render(request, "annotation/correct.html", context, status=status)


def _corrected(request: PageRequest, judgment: Judgment, form: JudgmentForm) -> bool:
    try:
        judging.correct(judgment=judgment, by=request.viewer, answer=form.answer())
    except Invalid as error:
        form.refuse(error)
        return False
    return True


def _came_from_queue(request: PageRequest, judgment: Judgment) -> bool:
    """Whether to go back to judging; somebody taken off the queue goes to the list."""
    candidate = judgment.candidate
    barred = permissions.why_not_judge(
        request.viewer, candidate.project, candidate.language
    )
    return request.GET.get("then") == "queue" and barred is None
