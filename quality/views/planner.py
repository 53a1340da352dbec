"""The planner: what an interval and a comparison cost, from the project's own data."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from annotation.views.page import PageRequest, led_project, page
from quality import planning, slices
from quality.agreement import Plan
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.annotators.telling import percent
from quality.models import Measurement
from quality.planner_form import PlannerForm
from quality.planning import Study
from quality.slice_forms import SliceForm
from quality.views import links

GENERATOR = Measurement.By.GENERATOR


@page("GET")
def planner(request: PageRequest, code: str) -> HttpResponse:
    project = led_project(request, code)
    place = SliceForm(project, request.GET)
    narrower = slices.latest(project, GENERATOR)
    form = PlannerForm(
        project,
        request.GET,
        planning.generators_of(narrower, place.in_language, place.name),
        planning.usual_seconds(project, place.in_language),
    )
    pilot = slices.one_of(slices.latest(project), form.in_language, form.name)
    has_pilot = pilot is not None and pilot.pairable >= LEAST_PAIRABLE
    context = {
        "project": project,
        "form": form,
        "pilot": pilot,
        "least": LEAST_PAIRABLE,
        "has_pilot": has_pilot,
        "address": links.slice_page(project, form.in_language, form.name),
    }
    if pilot is not None and has_pilot and form.is_valid():
        context |= _planned(form, pilot, narrower)
    status = 422 if has_pilot and form.errors else 200
    return render(request, "quality/planner.html", context, status=status)


def _planned(
    form: PlannerForm, pilot: Measurement, narrower: list[Measurement]
) -> dict[str, Any]:
    said = form.cleaned_data
    plans = planning.costs(
        pilot,
        said["coefficient"],
        half_width=said["half_width"],
        overlap=said["overlap"] / 100,
        seconds=said["seconds"],
    )
    study = planning.study(
        planning.side_of(narrower, pilot, said["one"]),
        planning.side_of(narrower, pilot, said["other"]),
        said["label"],
        difference=said["difference"] / 100,
        raters=said["raters"],
        seconds=said["seconds"],
        power=said["power"] / 100,
    )
    now = pilot.estimate(said["coefficient"])
    return {"now": now} | _told("plan", plans) | _told("study", study) | _seen(study)


def _told(name: str, found: tuple[Plan, ...] | Study | str) -> dict[str, Any]:
    """What was found under its name, or why nothing was."""
    return {f"{name}_reason" if isinstance(found, str) else name: found}


def _seen(study: Study | str) -> dict[str, str]:
    """What both sides show by now."""
    if isinstance(study, str):
        return {}
    return {
        "share_one": percent(study.one.value or 0.0, 1),
        "share_other": percent(study.other.value or 0.0, 1),
        "power_now": "" if study.now is None else percent(study.now),
    }
