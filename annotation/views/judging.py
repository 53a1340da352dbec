"""The judging screen and the ways on from it. Only a POST claims or writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from annotation import (
    answering,
    assigning,
    drafting,
    judging,
    permissions,
    visibility,
)
from annotation.errors import Conflict, Invalid, NotAllowed, NothingLeft, require
from annotation.forms import JudgmentForm, SkipForm
from annotation.middleware import wants_little
from annotation.models import Assignment, Candidate, Judgment, Project
from annotation.views.changes import changes_since
from annotation.views.page import PageRequest, page
from annotation.views.sides import parts_of, stray_findings

Ending = Assignment.Ending


def own_answers(request: PageRequest, project: Project) -> QuerySet[Judgment]:
    """The person's latest word on each item of a project, newest first."""
    return (
        visibility.rows(Judgment, request.viewer)
        .filter(annotator=request.user, candidate__project=project, replaced_by=None)
        .order_by("-created_at")
    )


def next_item(
    request: PageRequest, project: Project, language: str
) -> HttpResponseRedirect:
    """Claim, and go to what was claimed, or to the queue that has nothing left."""
    try:
        found = assigning.claim(project=project, language=language, by=request.viewer)
    except NotAllowed as error:
        # What came before was saved; only the way on is closed by now.
        messages.info(request, str(error))
        return HttpResponseRedirect(reverse("home"), status=303)
    except NothingLeft:
        address = reverse("queue", args=[project.code, language])
        return HttpResponseRedirect(f"{address}?empty=1", status=303)
    return HttpResponseRedirect(reverse("judge", args=[found.pk]), status=303)


def form_for(
    candidate: Candidate, request: PageRequest, corrects: Judgment | None = None
) -> JudgmentForm:
    rubric = candidate.project.rubric
    criteria = answering.criteria_for(rubric, candidate.item.kind)
    typed = request.POST if request.method == "POST" else None
    return JudgmentForm(candidate, criteria, typed, corrects=corrects)


def screen(candidate: Candidate, form: JudgmentForm) -> dict[str, Any]:
    """What the judging and the correcting page both show."""
    return {
        "project": candidate.project,
        "candidate": candidate,
        "parts": parts_of(candidate),
        "changed": changes_since(candidate),
        "stray_findings": stray_findings(candidate),
        "form": form,
    }


@page("GET", "POST")
def queue(request: PageRequest, code: str, language: str) -> HttpResponse:
    project = visibility.one(Project, request.viewer, code=code)
    require(permissions.why_not_judge(request.viewer, project, language))
    if request.method == "POST":
        return next_item(request, project, language)
    answers = own_answers(request, project).filter(candidate__language=language)
    context = {
        "project": project,
        "language": language,
        "judged": answers.count(),
        "is_empty": "empty" in request.GET,
        "done": request.GET.get("done"),
        "last": answers.first(),
        "waiting": assigning.waiting(
            project=project, language=language, by=request.viewer
        ),
    }
    return render(request, "annotation/queue.html", context)


@page("GET", "POST")
@gzip_page
def judge(request: PageRequest, pk: UUID) -> HttpResponse:
    """The screen, and the door of its answer: a page, or little for a script."""
    assignment = visibility.one(Assignment, request.viewer, pk=pk)
    candidate = assignment.candidate
    project, language = candidate.project, candidate.language
    if request.method != "POST" and assignment.ending in (
        Ending.SUBMITTED,
        Ending.SKIPPED,
    ):
        address = reverse("queue", args=[project.code, language])
        return redirect(f"{address}?done={assignment.ending}")
    form = form_for(candidate, request)
    if not form.is_bound:
        return _judging_page(request, assignment, form)
    status = 422
    if form.is_valid():
        try:
            judgment = judging.submit(
                assignment=assignment, by=request.viewer, answer=form.answer()
            )
        except (Invalid, Conflict) as error:
            form.refuse(error)
            status = error.status
        else:
            return _taken(request, judgment)
    if wants_little(request):
        return JsonResponse({"detail": form.first_error()}, status=status)
    return _judging_page(request, assignment, form, status=status)


def _taken(request: PageRequest, judgment: Judgment) -> HttpResponse:
    extra = _("Saved as an extra answer: this item had all it needs by then.")
    is_extra = judgment.slot_id is None
    if wants_little(request):
        return JsonResponse({"told": extra if is_extra else ""})
    if is_extra:
        messages.info(request, extra)
    else:
        messages.success(request, _("Saved."))
    candidate = judgment.candidate
    return next_item(request, candidate.project, candidate.language)


def _judging_page(
    request: PageRequest,
    assignment: Assignment,
    form: JudgmentForm,
    *,
    status: int = 200,
) -> HttpResponse:
    candidate = assignment.candidate
    answers = own_answers(request, candidate.project)
    draft = drafting.of(assignment=assignment, by=request.viewer)
    if draft and not form.is_bound:
        form.resume(draft.fields)
    context = screen(candidate, form) | {
        "assignment": assignment,
        "judged": answers.filter(candidate__language=candidate.language).count(),
        "draft": draft,
    }
    return render(request, "annotation/judge.html", context, status=status)


@page("GET", "POST")
def skip(request: PageRequest, pk: UUID) -> HttpResponse:
    assignment = visibility.one(Assignment, request.viewer, pk=pk)
    candidate = assignment.candidate
    form = SkipForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        assigning.skip(assignment=assignment, by=request.viewer, reason=reason)
        messages.success(request, _("Skipped. Somebody else will see it."))
        return next_item(request, candidate.project, candidate.language)
    context = {"project": candidate.project, "assignment": assignment, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "annotation/skip.html", context, status=status)
