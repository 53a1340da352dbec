"""The tables of the page of annotators: one row each, and everybody beside everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotation.models import Project
from quality import charts
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.annotators import telling
from quality.annotators.telling import Figure, figure
from quality.slice_forms import AnnotatorsForm
from quality.views.links import items

#: So many annotators, those with most ratings, stand in the matrix.
IN_MATRIX: Final = 12
#: So many pairs stand in the list below it.
IN_LIST: Final = 100

Content = dict[str, Any]
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class RaterRow:
    """One annotator. Figures are withheld below a stated number of shared items."""

    name: str
    href: str
    differ_href: str
    ratings: int
    shared: int
    flagged: bool
    agreement: Figure
    kappa: Figure
    severity: Figure
    competence: Figure
    reliability: Figure
    median: Figure
    fast: Figure
    drift: str
    chart: charts.WindowsChart | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two annotators: one number of theirs, on how many shared items."""

    one: str
    other: str
    shared: int
    figure: Figure
    percent: Figure
    href: str
    order: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns alike by name; None on the diagonal and where two never met."""

    names: list[str]
    rows: list[tuple[str, list[Pair | None]]]
    pairs: list[Pair]
    n_raters: int
    n_pairs: int


def rater_rows(
    project: Project, form: AnnotatorsForm, raters: list[Content], names: Names
) -> list[RaterRow]:
    """Lowest agreement first; those without a number last."""
    bounds = [
        bound
        for entry in raters
        for window in entry["windows"]
        for bound in (window["low"], window["high"])
        if bound is not None
    ]
    least, most = (min(bounds), max(bounds)) if bounds else (0.0, 1.0)
    return [
        _rater_row(project, form, entry, names, (least, most))
        for entry in sorted(raters, key=_by_agreement)
    ]


def _by_agreement(entry: Content) -> tuple[bool, float, int]:
    value = entry["agreement"]["value"]
    known = value is not None and entry["agreement"]["n"] >= LEAST_PAIRABLE
    return not known, value if known else 0.0, entry["rater"]


def _rater_row(
    project: Project,
    form: AnnotatorsForm,
    entry: Content,
    names: Names,
    bounds: tuple[float, float],
) -> RaterRow:
    person, n, ratings = entry["rater"], entry["agreement"]["n"], entry["ratings"]
    place = (project, form.in_language, form.name)
    right = entry["reliability"]
    few = telling.TOO_FEW_TIMES
    return RaterRow(
        name=names[person],
        href=items(*place, rater=person),
        differ_href=items(*place, rater=person, differ="on"),
        ratings=ratings,
        shared=n,
        flagged=entry["flagged"],
        agreement=figure(entry["agreement"], n=n),
        kappa=figure(entry["kappa"], n=n),
        severity=figure(
            entry["severity"], n=n, missing=telling.UNORDERED, unit="points"
        ),
        competence=figure(entry["competence"], n=n, missing="–"),
        reliability=figure(_alone(right), n=n, missing="–"),
        median=figure(entry["median"], n=ratings, too_few=few, unit="seconds"),
        fast=figure(entry["fast"], n=ratings, too_few=few, unit="percent"),
        drift=telling.drift(entry),
        chart=_chart(entry, names[person], bounds),
    )


def _alone(value: float | None) -> Content | None:
    return None if value is None else {"value": value, "low": None, "high": None}


def _chart(
    entry: Content, name: str, bounds: tuple[float, float]
) -> charts.WindowsChart | None:
    if len(entry["windows"]) < 2 or not bounds[0] < bounds[1]:
        return None
    windows = [
        charts.Window(_days(w["first"], w["last"]), w["value"], w["low"], w["high"])
        for w in entry["windows"]
    ]
    return charts.windows_chart(
        windows,
        key=f"drift-{entry['rater']}",
        title=_("%(name)s: agreement with the others over time") % {"name": name},
        least=bounds[0],
        most=bounds[1],
    )


def _days(first: float, last: float) -> str:
    """From day to day, in words."""
    days = [date_format(datetime.fromtimestamp(t, UTC), "d M Y") for t in (first, last)]
    return _(" to ").join(dict.fromkeys(days))


def matrix(
    project: Project, form: AnnotatorsForm, content: Content, names: Names
) -> Matrix:
    """Everybody beside everybody, by the chosen coefficient."""
    busiest = sorted(content["raters"], key=lambda e: (-e["ratings"], e["rater"]))
    shown = [entry["rater"] for entry in busiest[:IN_MATRIX]]
    shown.sort(key=lambda person: names[person])
    found = {}
    for entry in content["pairs"]:
        pair = _pair(project, form, entry, names)
        found[entry["one"], entry["other"]] = found[entry["other"], entry["one"]] = pair
    known = [p for p in dict.fromkeys(found.values()) if p.figure.value]
    return Matrix(
        names=[names[person] for person in shown],
        rows=[
            (names[one], [found.get((one, other)) for other in shown]) for one in shown
        ],
        pairs=sorted(known, key=lambda pair: pair.order)[:IN_LIST],
        n_raters=len(content["raters"]),
        n_pairs=len(content["pairs"]),
    )


def _pair(project: Project, form: AnnotatorsForm, entry: Content, names: Names) -> Pair:
    one, other, shared = entry["one"], entry["other"], entry["shared"]
    wanted = {"rater": one, "second": other, "differ": "on"}
    found = next(
        (e for name, e in entry["estimates"].items() if form.means(name)), None
    )
    percent = entry["estimates"].get("percent-agreement/1")
    return Pair(
        one=names[one],
        other=names[other],
        shared=shared,
        figure=figure(found, n=shared, missing=telling.TOO_FEW),
        percent=figure(percent, n=shared, missing=telling.TOO_FEW),
        href=items(project, form.in_language, form.name, **wanted),
        order=found["value"] if found and found["value"] is not None else 2.0,
    )
