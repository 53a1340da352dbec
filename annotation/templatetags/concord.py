"""What templates may ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from annotation.models import Criterion, Project, Role, Rubric
from annotation.visibility import Viewer
from corpus.languages import NAMES

register = template.Library()

#: Who finds which page of a project in the bar: role, URL name, words.
PAGES = (
    (Role.ANNOTATOR, "history", "My answers"),
    (Role.ADJUDICATOR, "contested", "Contested"),
    (Role.LEAD, "project", "Overview"),
    (Role.LEAD, "rubric", "Rubric"),
    (Role.LEAD, "agreement", "Agreement"),
    (Role.LEAD, "annotators", "Annotators"),
    (Role.LEAD, "planner", "Planner"),
    (Role.LEAD, "contested", "Contested"),
    (Role.ADJUDICATOR, "defects", "Defects"),
    (Role.LEAD, "defects", "Defects"),
    (Role.LEAD, "releases", "Releases"),
    (Role.LEAD, "imports", "Import"),
    (Role.LEAD, "jobs", "Jobs"),
    (Role.LEAD, "tokens", "Tokens"),
)


@register.filter
def language_name(code: str) -> str:
    """The English name of a language: de -> German."""
    return NAMES.get(code, code)


@register.filter
def language_names(codes: list[str]) -> str:
    """English names in alphabetical order: ["es", "fr"] -> French, Spanish."""
    return ", ".join(sorted(map(language_name, codes)))


@register.filter
def key_of(attrs: dict[str, str]) -> str:
    """What is written on the key that presses a control: KeyA -> a."""
    return attrs.get("data-key", "").removeprefix("Key").lower()


@register.filter
def words(name: str) -> str:
    """A stored word as people read it: question_answer -> question answer."""
    return name.replace("_", " ")


@register.filter
def guideline_in(rubric: Rubric, language: str) -> str:
    return rubric.guideline_in(language)


@register.filter
def meanings(criterion: Criterion, language: str) -> list[dict[str, Any]]:
    """The points as a language explains them; none if none has help or an example."""
    points = criterion.points_in(language)
    return points if any(p["help"] or p["example"] for p in points) else []


@register.filter
def pairs(mapping: dict[str, Any]) -> list[tuple[str, Any]]:
    """The entries, names in words. Templates read `mapping.items` as its key "items"."""
    return [(name.replace("_", " "), value) for name, value in mapping.items()]


@register.inclusion_tag("components/project_nav.html", takes_context=True)
def project_nav(
    context: dict[str, Any], viewer: Viewer, project: Project
) -> dict[str, Any]:
    """The pages of a project that this viewer may open."""
    path = context["request"].path
    # A page that two roles open stands there once.
    mine = {
        reverse(name, args=[project.code]): label
        for role, name, label in PAGES
        if viewer.holds(project.pk, role)
    }
    links = [
        {"url": url, "label": label, "is_current": url == path}
        for url, label in mine.items()
    ]
    return {"project": project, "links": links}
