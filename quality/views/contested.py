"""Contested candidates, and the page on which one is ruled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotation import visibility
from annotation.errors import Invalid, NotAllowed
from annotation.models import Candidate, Judgment, Project, Rating, Role, Span
from annotation.phrases import said
from annotation.views.changes import (
    Change,
    changes_of,
    changes_since,
    edited_content,
)
from annotation.views.page import PageRequest, page
from annotation.views.sides import parts_of, stray_findings
from corpus.content import Content, parse
from quality import adjudicating
from quality.forms import RulingForm
from quality.models import Decision
from quality.policies import POLICIES

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Marked:
    """An error under the label by which list and image both name it: 2.1 is the
    second annotator's first. `region` holds x, y, width and height for SVG."""

    label: str
    span: Span
    region: dict[str, str] | None

    @property
    def place(self) -> str:
        return f"{self.span.get_side_display()}: {said(self.span.field)}"


@dataclass(frozen=True, slots=True)
class Voice:
    """One judgment under a pseudonym that holds on this page only."""

    number: int
    judgment: Judgment
    ratings: list[tuple[str, str]]
    changes: list[Change]
    marked: list[Marked]


@page("GET")
def contested(request: PageRequest, code: str) -> HttpResponse:
    project = visibility.one(Project, request.viewer, code=code)
    if not request.viewer.holds(project.pk, Role.ADJUDICATOR, Role.LEAD):
        raise NotAllowed(_("Only adjudicators and leads see what is contested."))
    decisions = adjudicating.contested(request.viewer, project)
    pages = Paginator(decisions, PER_PAGE).get_page(request.GET.get("page"))
    context = {"project": project, "pages": pages}
    return render(request, "quality/contested.html", context)


@page("GET", "POST")
def rule(request: PageRequest, pk: int) -> HttpResponse:
    candidate = visibility.one(Candidate, request.viewer, pk=pk)
    voices = _voices(request, candidate)
    typed = request.POST if request.method == "POST" else None
    start = _chosen_text(request, candidate, voices)
    form = RulingForm(candidate, typed, start=start)
    if form.is_valid() and _ruled(request, candidate, form):
        messages.success(request, _told(candidate))
        return redirect("contested", candidate.project.code)
    decisions = visibility.rows(Decision, request.viewer)
    decision = decisions.filter(candidate=candidate, replaced_by=None).first()
    context = {
        "project": candidate.project,
        "candidate": candidate,
        "parts": parts_of(candidate),
        "changed": changes_since(candidate),
        "has_versions": _has_versions(request, candidate),
        "stray_findings": stray_findings(candidate),
        "voices": voices,
        "regions": [m for voice in voices for m in voice.marked if m.region],
        "decision": decision,
        "accepted": _accepted(decision, candidate),
        "why_not": adjudicating.why_not_rule(candidate, request.viewer),
        "edits_are_judged": POLICIES[candidate.project.policy].edits_are_judged,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "quality/rule.html", context, status=status)


def _has_versions(request: PageRequest, candidate: Candidate) -> bool:
    """Whether there is another text to compare with, of those that may be told of."""
    if candidate.is_edited or candidate.revised_by.exists():
        return True
    others = visibility.rows(Candidate, request.viewer).exclude(pk=candidate.pk)
    beside = others.filter(item=candidate.item_id, language=candidate.language)
    # To an adjudicator a second line would tell that one of them is a person's.
    is_lead = request.viewer.holds(candidate.project_id, Role.LEAD)
    return is_lead and beside.exists()


def _told(candidate: Candidate) -> str:
    if candidate.revised_by.exists():
        told = _("Ruled. Somebody else judges the edited text before it can go out.")
        return told
    return _("Ruled. The decision stands.")


def _accepted(decision: Decision | None, candidate: Candidate) -> list[tuple[str, str]]:
    """The texts that stand by now, by name; nothing while there are none."""
    if decision is None or decision.content_json is None:
        return []
    return list(parse(candidate.item.kind, decision.content_json).texts())


def _ruled(request: PageRequest, candidate: Candidate, form: RulingForm) -> bool:
    try:
        adjudicating.rule(candidate=candidate, by=request.viewer, **form.ruling())
    except Invalid as error:
        form.refuse(error)
        return False
    return True


def _voices(request: PageRequest, candidate: Candidate) -> list[Voice]:
    """The current counted judgments, in an order that says nothing about who or when."""
    judgments = visibility.rows(Judgment, request.viewer).filter(
        candidate=candidate,
        candidate__complete_at__isnull=False,
        slot__isnull=False,
        replaced_by=None,
    )
    given = judgments.prefetch_related("ratings__criterion", "spans")
    return [
        Voice(
            n,
            judgment,
            _ratings(judgment),
            changes_of(candidate, judgment),
            _marked(judgment, n),
        )
        for n, judgment in enumerate(adjudicating.shuffled(given), 1)
    ]


def _marked(judgment: Judgment, number: int) -> list[Marked]:
    spans = enumerate(judgment.spans.all(), 1)
    return [Marked(f"{number}.{n}", span, _drawn(span)) for n, span in spans]


def _drawn(span: Span) -> dict[str, str] | None:
    if span.region is None:
        return None
    percents = (f"{100 * edge:.2f}%" for edge in span.region)
    return dict(zip(("x", "y", "width", "height"), percents, strict=True))


def _ratings(judgment: Judgment) -> list[tuple[str, str]]:
    ratings = sorted(judgment.ratings.all(), key=lambda r: r.criterion.order)
    return [(rating.criterion.question, _label(rating)) for rating in ratings]


def _label(rating: Rating) -> str:
    points: list[dict[str, Any]] = rating.criterion.points
    return next(str(p["label"]) for p in points if p["value"] == rating.value)


def _chosen_text(
    request: PageRequest, candidate: Candidate, voices: list[Voice]
) -> Content | None:
    """The edited text that ?text=2 asks to begin with: that of the second voice."""
    wanted = request.GET.get("text")
    chosen = next((v for v in voices if str(v.number) == wanted), None)
    return edited_content(candidate, chosen.judgment) if chosen else None
