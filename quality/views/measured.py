"""How measurements are called and drawn, on every page that shows some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from annotation.models import Judgment
from annotation.phrases import grouped, said
from corpus.languages import ENGLISH, NAMES
from quality import annotators, charts
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.models import Measurement
from quality.views import links

#: What stands beside a dot; the table gives the full name with its version.
SHORT = {
    "percent-agreement": gettext_lazy("Agreement"),
    "gwet-ac1": "Gwet AC1",
    "gwet-ac2": "Gwet AC2",
    "krippendorff-alpha-nominal": gettext_lazy("Alpha, nominal"),
    "krippendorff-alpha-ordinal": gettext_lazy("Alpha, ordinal"),
}
VERDICTS = Judgment.Verdict
WITHHELD = f"withheld: fewer than {LEAST_PAIRABLE} items with two ratings"


def names_in(measurements: Iterable[Measurement]) -> dict[int, str]:
    """The people whose pairs are among these, by id."""
    pairs = (m.value.split("+") for m in measurements if m.by == annotators.BY)
    return annotators.names_of(int(person) for pair in pairs for person in pair)


def value_of(measurement: Measurement, names: Mapping[int, str]) -> str:
    """What a slice is narrowed to, in words."""
    if measurement.by == annotators.BY:
        return _(" and ").join(names[int(pk)] for pk in measurement.value.split("+"))
    if measurement.by == Measurement.By.KIND:
        return said(measurement.value.replace("_", " "))
    return measurement.value


def label(measurement: Measurement, names: Mapping[int, str]) -> str:
    """What the row of a measurement is called: German, or German: mmbench."""
    parts = (capfirst(_(NAMES[measurement.language])), value_of(measurement, names))
    return ": ".join(filter(None, parts))


def row(
    measurement: Measurement, names: Mapping[int, str], *, to_items: bool = False
) -> charts.Row:
    """The row of a chart. Each mark leads to the page of its slice, or to the items
    on which not all say the same."""
    return charts.Row(
        label(measurement, names),
        list(_readings(measurement, to_items=to_items)),
        note=_note(measurement),
    )


def _note(measurement: Measurement) -> str:
    n, raters = measurement.pairable, measurement.raters
    items = ngettext("%(n)s item", "%(n)s items", n) % {"n": grouped(n)}
    # The two are named before it.
    if measurement.by == annotators.BY:
        return items
    told = ngettext("%(n)s rater", "%(n)s raters", raters) % {"n": grouped(raters)}
    return f"{items}, {told}"


def _readings(measurement: Measurement, *, to_items: bool) -> Iterator[charts.Reading]:
    place = measurement.language, measurement.slice_name
    narrower = measurement.by, measurement.value
    href = links.slice_page(measurement.project, *place, *narrower)
    if to_items:
        href = links.behind(measurement, differ="on")
    for estimate in measurement.estimates:
        title = str(SHORT.get(estimate["name"].split("/")[0], estimate["name"]))
        if estimate["value"] is None:
            reason = said(estimate["undefined"])
            yield charts.Reading(title, undefined=reason, href=href)
        elif measurement.pairable < LEAST_PAIRABLE:
            yield charts.Reading(title, undefined=said(WITHHELD), href=href)
        else:
            bounds = estimate["low"], estimate["high"]
            yield charts.Reading(title, estimate["value"], *bounds, href=href)


def label_counts(measurement: Measurement, names: Mapping[int, str]) -> charts.Counts:
    """The bar of a measurement; each part leads to the items with that label."""
    values = values_of(measurement)
    hrefs = [links.behind(measurement, label=value) for value in values]
    counts = measurement.label_counts
    is_linked = all(hrefs) and all(values) and measurement.by != annotators.BY
    return charts.Counts(label(measurement, names), counts, hrefs if is_linked else ())


def values_of(measurement: Measurement) -> list[str]:
    """What is stored of an answer, in the order of the labels; "" for a former one."""
    # Labels are stored as they are called in English.
    with override(ENGLISH):
        called = [str(label) for label in VERDICTS.labels]
    stored = dict(zip(called, VERDICTS.values, strict=True))
    if (criterion := measurement.criterion) is not None:
        stored = dict(zip(criterion.labels, map(str, criterion.values), strict=True))
    return [str(stored.get(label, "")) for label in measurement.labels]
