"""The texts of one item in one language beside each other, for leads and adjudicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpResponse
from django.shortcuts import render

from annotation import visibility
from annotation.models import Candidate, Role
from annotation.views.changes import Change, changes
from annotation.views.page import PageRequest, page
from quality.models import Decision


@dataclass(frozen=True, slots=True)
class Version:
    """One text, what became of it, and how it differs from the one `beside` it."""

    candidate: Candidate
    decision: Decision | None
    beside: Candidate | None
    changes: list[Change]


@page("GET")
def versions(request: PageRequest, pk: int) -> HttpResponse:
    candidate = visibility.one(Candidate, request.viewer, pk=pk)
    own = visibility.rows(Candidate, request.viewer).filter(
        item=candidate.item, language=candidate.language
    )
    first = candidate.first_id or candidate.pk
    line = [c for c in own.order_by("version") if first in (c.pk, c.first_id)]
    # A line is a machine's or a person's: whose, adjudicators are not told.
    is_lead = request.viewer.holds(candidate.project_id, Role.LEAD)
    rest = own.exclude(pk__in=[c.pk for c in line]).order_by("pk") if is_lead else []
    decisions = {
        decision.candidate_id: decision
        for decision in visibility.rows(Decision, request.viewer).filter(
            candidate__in=own, replaced_by=None
        )
    }
    context = {
        "project": candidate.project,
        "candidate": candidate,
        "versions": _versions([(None, line[0]), *pairwise(line)], decisions),
        "others": _versions([(line[-1], other) for other in rest], decisions),
        "is_lead": is_lead,
    }
    return render(request, "quality/versions.html", context)


def _versions(
    pairs: Iterable[tuple[Candidate | None, Candidate]],
    decisions: dict[int, Decision],
) -> list[Version]:
    return [
        Version(
            candidate,
            decisions.get(candidate.pk),
            before,
            changes(before.content, candidate.content) if before else [],
        )
        for before, candidate in pairs
    ]
