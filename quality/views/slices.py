"""One slice looked at closely: a language, a question, and what was said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotation.models import Project
from annotation.phrases import grouped
from annotation.rubrics import GROUNDING
from annotation.views.page import PageRequest, led_project, page
from quality import annotators, charts, slices
from quality.agreement import Share
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.annotators.telling import Figure, percent
from quality.models import Measurement
from quality.slices import Close, Grounding
from quality.views import links
from quality.views.measured import names_in, row, value_of, values_of


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One label: how often it was given, and how far people agree on it."""

    label: str
    ratings: int
    href: str
    share: Figure
    agreement: Figure


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody said one label, somebody else the other: share of the row, and pairs."""

    share: str
    pairs: int
    href: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The grounding-error rate, by rating and by item, and where the errors are."""

    ratings: Figure
    items: Figure
    n_items: int
    withheld: bool
    href: str
    page: str


@page("GET")
def one_slice(
    request: PageRequest, code: str, language: str, name: str
) -> HttpResponse:
    project = led_project(request, code)
    if language not in project.target_languages:
        raise Http404
    by, value = request.GET.get("by", ""), request.GET.get("value", "")
    whole = slices.latest(project)
    among = slices.latest(project, by) if by else whole
    found = slices.one_of(among, language, name, value)
    names = names_in([found] if found else [])
    context = {
        "project": project,
        "language": language,
        "name": name,
        "question": _question(project, name, found),
        "by": by,
        "value": value_of(found, names) if found else value,
        "least": LEAST_PAIRABLE,
        "languages": [
            (language_code, links.slice_page(project, language_code, name))
            for language_code in project.target_languages
        ],
        "questions": _questions(project, language),
        "rate": _rate(project, language, slices.grounding(whole, language)),
    }
    if found is not None and found.items:
        context |= _close(slices.close(found), names)
    return render(request, "quality/slice.html", context)


def _question(project: Project, name: str, found: Measurement | None) -> str:
    """In words. An older rubric's may be measured without being asked any more."""
    if found is not None:
        return found.question
    question = links.question_of(project, name)
    return question.question if question else _("Verdict")


def _questions(project: Project, language: str) -> list[tuple[str, str, str]]:
    """Code, words and address of every question."""
    named = [("verdict", _("Verdict"))]
    named += [(c.code, c.question) for c in project.rubric.criteria.all()]
    return [
        (code, words, links.slice_page(project, language, code))
        for code, words in named
    ]


def _close(close: Close, names: dict[int, str]) -> dict[str, object]:
    found = close.measurement
    if close.withheld:
        return {"close": close}
    return {
        "close": close,
        "dots": charts.dot_chart(
            [row(found, names, to_items=True)], key="coefficients", title=_("Agreement")
        ),
        "label_dots": _label_chart(close),
        "labels": list(_label_rows(close)),
        "meetings": _meetings(close),
        "items": links.behind(found),
        "apart": links.behind(found, differ="on")
        if close.unanimous < found.pairable
        else "",
    }


def _figure(share: Share, places: int = 0) -> Figure:
    if share.value is None:
        return Figure(reason=share.undefined)
    value = percent(share.value, places)
    if share.low is None or share.high is None:
        return Figure(value, reason=share.no_interval)
    low, high = percent(share.low, places), percent(share.high, places)
    return Figure(value, _("%(low)s to %(high)s") % {"low": low, "high": high})


def _label_rows(close: Close) -> Sequence[LabelRow]:
    return [
        LabelRow(
            label=line.label,
            ratings=line.ratings,
            href=_of_label(close, stored),
            share=_figure(line.share),
            agreement=_figure(line.agreement),
        )
        for line, stored in zip(close.labels, values_of(close.measurement), strict=True)
    ]


def _of_label(close: Close, stored: str) -> str:
    """The items with a label; none for one that the question no longer offers."""
    return links.behind(close.measurement, label=stored) if stored else ""


def _label_chart(close: Close) -> charts.DotChart:
    """Each label's share, and the agreement on it; each mark leads to its items."""
    rows = []
    for line, stored in zip(close.labels, values_of(close.measurement), strict=True):
        href = _of_label(close, stored)
        readings = [
            charts.Reading(
                title, s.value, s.low, s.high, undefined=s.undefined, href=href
            )
            for title, s in ((_("Share"), line.share), (_("Agreement"), line.agreement))
        ]
        n = line.ratings
        told = ngettext("%(n)s rating", "%(n)s ratings", n) % {"n": grouped(n)}
        rows.append(charts.Row(line.label, readings, note=told))
    return charts.dot_chart(rows, key="labels", title=_("Labels: share and agreement"))


def _meetings(close: Close) -> list[tuple[str, list[Meeting]]]:
    """For each label: where somebody said it, what another person said."""
    values = values_of(close.measurement)
    rows = []
    for k, label in enumerate(close.measurement.labels):
        # A pair of the same label is met from both of its sides.
        sides = [n * (2 if k == j else 1) for j, n in enumerate(close.met[k])]
        total = sum(sides)
        rows.append(
            (
                label,
                [
                    Meeting(
                        share=percent(side / total) if total else "–",
                        pairs=n,
                        href=_where(close.measurement, values[k], values[j]),
                    )
                    for j, (side, n) in enumerate(zip(sides, close.met[k], strict=True))
                ],
            )
        )
    return rows


def _where(measurement: Measurement, label: str, other: str) -> str:
    if measurement.by == annotators.BY and label != other:
        # Either of the two may have said either.
        return links.behind(measurement, differ="on")
    return links.behind(measurement, label=label, other=other)


def _rate(project: Project, language: str, found: Grounding | None) -> Rate | None:
    if found is None:
        return None
    return Rate(
        ratings=_figure(found.ratings, 1),
        items=_figure(found.items, 1),
        n_items=found.ratings.n_items,
        withheld=found.withheld,
        href=links.items(project, language, GROUNDING, label=found.value),
        page=links.slice_page(project, language, GROUNDING),
    )
