"""The items behind a number: a list for leads, narrowed by its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from annotation import visibility
from annotation.models import Candidate, Judgment, Membership, Project, Role
from annotation.views.page import PageRequest, led_project, page
from quality import browsing
from quality.annotators import names_of
from quality.browsing import Wanted
from quality.slice_forms import ItemsForm

PER_PAGE = 50
#: Items are counted up to this; the whole of a large slice would take seconds.
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item: what was said to the question, and who of the people asked for said it."""

    candidate: Candidate
    labels: Sequence[tuple[str, int]]
    people: Sequence[tuple[str, str]]


@page("GET")
def items(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    form = ItemsForm(project, request.GET, _annotators(request, project))
    wanted = form.wanted()
    candidates = visibility.rows(Candidate, request.viewer)
    found = browsing.items(candidates, project, wanted)
    count = found[: COUNTED + 1].count()
    after = found.filter(pk__gt=form.after)
    shown = list(after.select_related("item__image", "item__dataset")[: PER_PAGE + 1])
    context = {
        "project": project,
        "form": form,
        "rows": _rows(request, project, form, wanted, shown[:PER_PAGE]),
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
        "first": form.address(after=""),
        "all": form.address(after="", by="", value=""),
        "next": form.address(after=shown[PER_PAGE - 1].pk)
        if len(shown) > PER_PAGE
        else "",
    }
    return render(request, "quality/items.html", context)


def _annotators(request: PageRequest, project: Project) -> dict[int, str]:
    """The annotators of the project, and former ones whom the address names."""
    members = visibility.rows(Membership, request.viewer)
    members = members.filter(project=project, role=Role.ANNOTATOR)
    people = set(members.values_list("user", flat=True))
    said = visibility.rows(Judgment, request.viewer)
    for name in ("rater", "second"):
        asked = request.GET.get(name, "")
        if asked.isdecimal() and len(asked) < 10 and int(asked) not in people:
            answers = said.filter(candidate__project=project, annotator=int(asked))
            people |= {int(asked)} if answers.exists() else set()
    return names_of(people)


def _rows(
    request: PageRequest,
    project: Project,
    form: ItemsForm,
    wanted: Wanted,
    candidates: list[Candidate],
) -> list[ItemRow]:
    said = _judgments(request, project, candidates)
    given: dict[int, list[tuple[int, str]]] = {c.pk: [] for c in candidates}
    for judgment in said:
        if label := form.label_of(judgment):
            given[judgment.candidate_id].append((judgment.annotator_id, label))
    asked = {wanted.rater, wanted.second}
    named = {person: name for person, name in form.names.items() if person in asked}
    return [
        ItemRow(
            candidate,
            Counter(label for _, label in given[candidate.pk]).most_common(),
            [(named[p], label) for p, label in given[candidate.pk] if p in named],
        )
        for candidate in candidates
    ]


def _judgments(
    request: PageRequest, project: Project, candidates: list[Candidate]
) -> QuerySet[Judgment, Any]:
    said = visibility.rows(Judgment, request.viewer).filter(
        candidate__in=candidates,
        slot__isnull=False,
        replaced_by=None,
        rubric=project.rubric_id,
    )
    return said.prefetch_related("ratings").order_by("candidate", "annotator")
