"""Addresses of a slice and of the items behind its numbers."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from annotation.models import Criterion, Project
from quality import annotators
from quality.models import Measurement
from quality.slice_forms import VERDICT

By = Measurement.By


def items(project: Project, language: str, name: str, **wanted: str | int) -> str:
    """The list of items of a slice for which `wanted` holds; see `browsing.Wanted`."""
    said: dict[str, str | int] = {"language": language, "criterion": name}
    said |= {key: value for key, value in wanted.items() if value != ""}
    query = urlencode(said)
    return f"{reverse('items', args=[project.code])}?{query}"


def behind(measurement: Measurement, **wanted: str | int) -> str:
    """The items behind a number of a measurement; none for another rubric's."""
    project, by, value = measurement.project, measurement.by, measurement.value
    if by == By.RUBRIC and value != str(project.rubric):
        return ""
    if by == annotators.BY:
        one, _, other = value.partition("+")
        wanted |= {"rater": one, "second": other}
    elif by and by != By.RUBRIC:
        wanted |= {"by": by, "value": value}
    return items(project, measurement.language, measurement.slice_name, **wanted)


def slice_page(
    project: Project, language: str, name: str, by: str = "", value: str = ""
) -> str:
    address = reverse("slice", args=[project.code, language, name])
    return f"{address}?{urlencode({'by': by, 'value': value})}" if by else address


def question_of(project: Project, name: str) -> Criterion | None:
    """The criterion of that code, None for the verdict; not found for neither."""
    if name == VERDICT:
        return None
    found = project.rubric.criteria.filter(code=name).first()
    if found is None:
        raise Http404
    return found
