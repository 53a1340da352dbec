"""A project at a glance, for its lead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from annotation import assigning
from annotation.models import (
    Candidate,
    GenerationJob,
    Image,
    Membership,
    Project,
    Role,
)
from annotation.views.page import PageRequest, led_project, page
from annotation.visibility import rows
from quality import adjudicating
from quality.editing_shares import editing_shares

SHOWN = 20
#: The state of a job that no machine is given yet.
PICTURELESS, PICTURE_GONE = "pictureless", "picture_gone"
NO_CANDIDATES = {"total": 0, "complete": 0, "open": 0, "leased": 0, "filled": 0}


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """The counts of one language: candidates, slots, decisions, generation jobs."""

    code: str
    candidates: dict[str, int]
    tally: dict[str, int]
    generation: dict[str, int]


@page("GET")
def project(request: PageRequest, code: str) -> HttpResponse:
    found = led_project(request, code)
    generation = rows(GenerationJob, request.viewer).filter(project=found)
    failed = generation.filter(state=GenerationJob.State.SET_ASIDE)
    members = list(
        rows(Membership, request.viewer)
        .filter(project=found)
        .select_related("user")
        .prefetch_related("directions")
        .order_by("role", "user__username")
    )
    context = {
        "project": found,
        "rows": _language_rows(request, found),
        "edits": editing_shares(found),
        "stranded": assigning.stranded(rows(Candidate, request.viewer), found)[:SHOWN],
        "too_few": [
            (code, n)
            for code, n in assigning.annotators_by_language(found).items()
            if n < found.overlap
        ],
        "set_aside": failed.select_related("item__dataset").order_by("id")[:SHOWN],
        "members": members,
        "has_one_lead": sum(member.role == Role.LEAD for member in members) == 1,
    }
    return render(request, "quality/project.html", context)


def _language_rows(request: PageRequest, found: Project) -> list[LanguageRow]:
    candidates = _candidates(request, found)
    generation = _generation(request, found)
    tally = adjudicating.tally(found)
    return [
        LanguageRow(
            code, candidates.get(code, NO_CANDIDATES), tally[code], generation[code]
        )
        for code in found.target_languages
    ]


def _candidates(request: PageRequest, found: Project) -> dict[str, dict[str, int]]:
    mine = rows(Candidate, request.viewer).filter(project=found).order_by()
    counted: Any = mine.values("language").annotate(
        total=Count("pk", distinct=True),
        complete=Count("pk", distinct=True, filter=Q(complete_at__isnull=False)),
        open=Count("slots", filter=Q(slots__state="open")),
        leased=Count("slots", filter=Q(slots__state="leased")),
        filled=Count("slots", filter=Q(slots__state="filled")),
    )
    return {row.pop("language"): row for row in counted}


def _generation(request: PageRequest, found: Project) -> dict[str, dict[str, int]]:
    """Jobs to write, by language and state; those without their picture stand apart."""
    mine = rows(GenerationJob, request.viewer).filter(project=found, candidate=None)
    counted = mine.values_list("language", "state", "item__image__state").annotate(
        n=Count("pk")
    )
    without = {
        Image.State.PENDING: PICTURELESS,
        Image.State.SAME: PICTURELESS,
        Image.State.GONE: PICTURE_GONE,
    }
    places = (*GenerationJob.State.values, PICTURELESS, PICTURE_GONE)
    states: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(places, 0))
    for language, state, picture, n in counted:
        is_ready = state == GenerationJob.State.READY
        states[language][without.get(picture, state) if is_ready else state] += n
    return states
