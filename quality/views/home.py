"""The first page: what waits for this person, role by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from annotation.models import Judgment, Project, Role
from annotation.views.page import PageRequest, page
from annotation.visibility import rows
from quality.models import Decision


@dataclass(frozen=True, slots=True)
class Queue:
    """One language of one project, and how far this person has come in it."""

    project: Project
    language: str
    judged: int


@page("GET")
def home(request: PageRequest) -> HttpResponse:
    projects = {p.pk: p for p in rows(Project, request.viewer).order_by("name")}
    counts = _contested(request)
    ruled = [
        p for p in projects.values() if request.viewer.holds(p.pk, Role.ADJUDICATOR)
    ]
    context = {
        "queues": _queues(request, list(projects.values())),
        "adjudicated": [(p, counts.get(p.pk, 0)) for p in ruled],
        "led": [p for p in projects.values() if request.viewer.holds(p.pk, Role.LEAD)],
    }
    return render(request, "quality/home.html", context)


def _queues(request: PageRequest, projects: list[Project]) -> list[Queue]:
    own = rows(Judgment, request.viewer).filter(
        annotator=request.user, replaced_by=None
    )
    counted = own.values_list("candidate__project", "candidate__language")
    judged = {(p, code): n for p, code, n in counted.annotate(n=Count("pk"))}
    return [
        Queue(project, code, judged.get((project.pk, code), 0))
        for project in projects
        for code in sorted(request.viewer.languages(project.pk))
    ]


def _contested(request: PageRequest) -> dict[int, int]:
    open_ones = rows(Decision, request.viewer).filter(
        replaced_by=None,
        outcome=Decision.Outcome.CONTESTED,
        candidate__project__in=request.viewer.projects(Role.ADJUDICATOR),
    )
    counted = open_ones.values_list("candidate__project").annotate(n=Count("pk"))
    return dict(counted)
