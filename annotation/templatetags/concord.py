"""What templates may ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from annotation.models import Criterion, Project, Role, Rubric
from annotation.phrases import figures, said
from annotation.visibility import Viewer
from corpus.languages import NAMES

register = template.Library()

#: Who finds which page of a project in the bar: role, URL name, words.
PAGES = (
    (Role.ANNOTATOR, "history", _lazy("My answers")),
    (Role.ADJUDICATOR, "contested", _lazy("Contested")),
    (Role.LEAD, "project", _lazy("Overview")),
    (Role.LEAD, "rubric", _lazy("Rubric")),
    (Role.LEAD, "agreement", _lazy("Agreement")),
    (Role.LEAD, "annotators", _lazy("Annotators")),
    (Role.LEAD, "planner", _lazy("Planner")),
    (Role.LEAD, "contested", _lazy("Contested")),
    (Role.ADJUDICATOR, "defects", _lazy("Defects")),
    (Role.LEAD, "defects", _lazy("Defects")),
    (Role.LEAD, "releases", _lazy("Releases")),
    (Role.LEAD, "imports", _lazy("Import")),
    (Role.LEAD, "jobs", _lazy("Jobs")),
    (Role.LEAD, "tokens", _lazy("Tokens")),
)


@register.filter
def language_name(code: str) -> str:
    """The name of a language in that of the page: de -> German."""
    return gettext(NAMES.get(code, code))


@register.filter
def language_names(codes: list[str]) -> str:
    """Their names in alphabetical order: ["es", "fr"] -> French, Spanish."""
    return ", ".join(sorted(map(language_name, codes)))


@register.filter(name="said")
def said_in_this_language(sentence: object) -> str:
    """What a pure room says, or the database holds, in the language of the page."""
    return said(str(sentence))


@register.filter(name="figures")
def figures_of_this_language(text: object) -> str:
    """Numbers written in English, as the language of the page writes them."""
    return figures(str(text))


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
