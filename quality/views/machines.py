"""Models as raters, beside people: asked for and measured here, deciding nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.vary import vary_on_headers

from annotation import machine_rating
from annotation.errors import Invalid
from annotation.models import GenerationJob, Job, Project
from annotation.views.jobs import jobs_of, refresh_when_done
from annotation.views.page import PageRequest, led_project, page
from annotation.visibility import rows
from corpus.languages import ENGLISH, NAMES
from quality import machines
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.annotators.telling import Figure, figure
from quality.machine_form import MachineForm
from quality.machines.files import WITHHELD, as_csv, as_json, is_withheld
from quality.machines.renewing import RATER
from quality.models import MachineAgreement

FORMS: Final[dict[str, tuple[Callable[[Sequence[MachineAgreement]], str], str]]] = {
    "csv": (as_csv, "text/csv"),
    "json": (as_json, "application/json"),
}
UNORDERED: Final = "the points have no order"


@dataclass(frozen=True, slots=True)
class Number:
    """One coefficient: the model's with people, people's, and what lies between."""

    name: str
    machine: Figure
    people: Figure
    difference: Figure


@dataclass(frozen=True, slots=True)
class Line:
    """One question in one language. The first two numbers are shown, all are listed."""

    question: str
    language: str
    items: int
    ratings: int
    numbers: list[Number]
    reading: str
    withheld: str
    bias: Figure
    stricter: Figure
    milder: Figure


@dataclass(frozen=True, slots=True)
class Rater:
    """One model, at one revision, asked by one template."""

    model: str
    revision: str
    template: str
    template_hash: str
    lines: list[Line]


@vary_on_headers("HX-Request")
@page("GET", "POST")
def machine_raters(request: PageRequest, code: str) -> HttpResponse:
    """What models say beside people; a POST asks a model for its judgments."""
    project = led_project(request, code)
    work_found = jobs_of(request, project, limit=1, kind=Job.Kind.MEASURE)
    if refresh := refresh_when_done(request, work_found):
        return refresh
    typed = request.POST if request.method == "POST" else None
    form = MachineForm(project, typed)
    if form.is_valid() and _asked(request, project, form):
        return redirect("machines", project.code)
    found = machines.latest(project)
    context = {
        "project": project,
        "form": form,
        "asked": _states(request, project),
        "raters": [_rater(list(of)) for _, of in groupby(found, key=_key)],
        "least": LEAST_PAIRABLE,
        "forms": list(FORMS),
    } | work_found
    status = 422 if form.errors else 200
    return render(request, "quality/machines.html", context, status=status)


@page("GET")
def machines_report(request: PageRequest, code: str, form: str) -> HttpResponse:
    """The numbers of the page as a file."""
    project = led_project(request, code)
    if form not in FORMS:
        raise Http404
    write, media_type = FORMS[form]
    name = f"machines-{project.code}.{form}"
    # A file is the same whoever fetches it.
    with override(ENGLISH):
        written = write(machines.latest(project))
    return HttpResponse(
        written,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: PageRequest, project: Project, form: MachineForm) -> bool:
    """Ask, and say what came of it; False if the form now says what is wrong."""
    judge = form.cleaned_data["judge"]
    try:
        asked = machine_rating.ask(
            project=project, judge=judge, languages=form.languages, by=request.user
        )
    except Invalid as error:
        form.add_error("judge", str(error))
        return False
    if not asked.new:
        messages.info(
            request,
            _("%(judge)s has been asked about all of them before.") % {"judge": judge},
        )
        return True
    told = ngettext(
        "%(n)s candidate waits for %(judge)s.",
        "%(n)s candidates wait for %(judge)s.",
        asked.new,
    ) % {"n": asked.new, "judge": judge}
    if asked.left:
        told += " " + _("%(n)s are left: ask once more.") % {"n": asked.left}
    messages.success(request, told)
    return True


def _states(request: PageRequest, project: Project) -> list[tuple[str, dict[str, int]]]:
    """How many jobs each model has in which state, by the name it was asked under."""
    jobs = rows(GenerationJob, request.viewer).filter(
        project=project, candidate__isnull=False, rubric=project.rubric_id
    )
    found: dict[str, dict[str, int]] = {}
    counted = jobs.order_by("judge").values_list("judge", "state")
    for judge, state, n in counted.annotate(n=Count("pk")):
        states = found.setdefault(judge, dict.fromkeys(GenerationJob.State.values, 0))
        states[state] = n
    return list(found.items())


def _key(row: MachineAgreement) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in RATER)


def _rater(found: list[MachineAgreement]) -> Rater:
    first = found[0]
    return Rater(
        model=first.model,
        revision=first.model_revision,
        template=f"{first.template_id} {first.template_version}".strip(),
        template_hash=first.template_hash[:12],
        lines=[_line(row) for row in found],
    )


def _line(row: MachineAgreement) -> Line:
    return Line(
        question=row.question,
        language=capfirst(_(NAMES[row.language])),
        items=row.items,
        ratings=row.ratings,
        numbers=[_number(beside, row) for beside in row.comparisons],
        reading=_reading(row),
        withheld=WITHHELD if is_withheld(row) else "",
        bias=_figure(row.leaning.get("bias"), row, "points"),
        stricter=_figure(row.leaning.get("stricter"), row, "percent"),
        milder=_figure(row.leaning.get("milder"), row, "percent"),
    )


def _number(beside: dict[str, Any], row: MachineAgreement) -> Number:
    people = figure(
        beside["people"], n=beside["people"]["n_pairable"], too_few=WITHHELD
    )
    return Number(
        name=beside["machine"]["name"],
        machine=_figure(beside["machine"], row),
        people=Figure(reason=WITHHELD) if is_withheld(row) else people,
        difference=_figure(beside["difference"], row, "points"),
    )


def _figure(
    found: dict[str, Any] | None, row: MachineAgreement, unit: str = ""
) -> Figure:
    return figure(found, n=row.items, too_few=WITHHELD, missing=UNORDERED, unit=unit)


def _reading(row: MachineAgreement) -> str:
    """What the interval of the difference of AC1 says, in words; "" without one."""
    if is_withheld(row):
        return ""
    gap = row.comparisons[1]["difference"]
    if gap["low"] is None:
        return ""
    if gap["high"] < 0:
        return _("less than people with each other")
    if gap["low"] > 0:
        return _("more than people with each other")
    return _("no difference from people to be seen")
