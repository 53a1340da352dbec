"""The paragraph that a methods section needs, written from the report itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from quality.agreement.intervals import (
    CAUTIOUS,
    CENSUS,
    EXACT,
    FISHER,
    LOGIT,
    WALD,
)
from quality.agreement.ratios import WILSON
from quality.agreement.reporting import wording
from quality.agreement.reporting.report import Line, Report
from quality.agreement.shares import SHARE_OF_RATINGS
from quality.agreement.specific import SPECIFIC_AGREEMENT

#: How the published names begin, and who published the formula.
_SOURCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gwet-ac1": "Gwet 2008",
        "gwet-ac2": "Gwet 2014",
        "gwet-weighted-alpha": "Gwet 2014",
        "fleiss-kappa": "Fleiss 1971",
        "brennan-prediger": "Brennan and Prediger 1981",
        "krippendorff-alpha": "Krippendorff 2004",
    }
)
_INTERVALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        FISHER: "Student's t on Fisher's z",
        CAUTIOUS: "Student's t on Fisher's z with made-up items where few decide",
        LOGIT: "Student's t on the logit",
        EXACT: "the exact bound for items that all agree alike",
        WALD: "Wald's",
        CENSUS: "none, since every item of the population was rated",
    }
)


def methods(report: Report) -> str:
    """One paragraph of plain sentences; "" for a report without lines."""
    if not report.lines:
        return ""
    facts = report.facts
    sentences = [
        *_ratings(report),
        *_scales(report),
        *_coefficients(report),
        *_intervals(report),
        *_categories(report),
        *_withheld(report),
        *facts.left_out,
    ]
    if facts.software:
        sentences.append(f"Computed with {facts.software}.")
    return " ".join(sentences)


def _ratings(report: Report) -> Iterator[str]:
    lines, facts = report.lines, report.facts
    told = wording.counted(sum(line.ratings for line in lines), "rating", "ratings")
    if facts.raters is not None:
        told += f" by {wording.counted(facts.raters, 'rater', 'raters')}"
    if facts.source:
        digest = f", SHA-256 {facts.digest}" if facts.digest else ""
        told += f" ({facts.source}{digest})"
    if facts.guideline:
        told += f" under {facts.guideline}"
    yield f"Agreement was computed from {told}, {_slices(report)}."
    per_item = sorted({r for line in lines for r in line.ratings_per_item})
    if per_item:
        times = "once" if per_item == [1] else f"{wording.spread(per_item)} times"
        yield f"Each item was rated {times}."


def _slices(report: Report) -> str:
    items = wording.spread([line.items for line in report.lines])
    pairable = wording.spread([line.pairable for line in report.lines])
    many = "item" if items == "1" else "items"
    complete = all(line.pairable == line.items for line in report.lines)
    shared = "all" if complete else pairable
    counts = f"{items} {many}, {shared} of them with two ratings or more"
    if len(report.lines) == 1 and not report.dimensions:
        return f"of {counts}"
    slices = wording.counted(len(report.lines), "slice", "slices")
    by = wording.listed(report.dimensions)
    return f"in {slices} by {by}, each of {counts}"


def _scales(report: Report) -> Iterator[str]:
    """One sentence per scale and category list."""
    scales = dict.fromkeys(_scale(line, report) for line in report.lines)
    yield from scales


def _scale(line: Line, report: Report) -> str:
    article = "an" if line.scale[0] in "aeiou" else "a"
    told = f"The ratings are on {article} {line.scale} scale"
    if not line.categories:
        return f"{told}."
    between = " < " if line.scale == "ordinal" else ", "
    kind = "declared" if report.facts.declared else "seen"
    many = "category" if len(line.categories) == 1 else "categories"
    at = ""
    if line.values:
        at = f", at the values {wording.listed([f'{v:.15g}' for v in line.values])}"
    return (
        f"{told} with {len(line.categories)} {kind} {many} "
        f"({between.join(line.categories)}){at}."
    )


def _coefficients(report: Report) -> Iterator[str]:
    told = []
    for name in report.names:
        base = name.partition("/")[0]
        source = next((s for b, s in _SOURCES.items() if base.startswith(b)), "")
        told.append(f"{wording.title(name)} ({name}{'; ' + source if source else ''})")
    if told:
        yield (
            f"Reported: {wording.listed(told)}; the number behind the stroke is the "
            "version of the formula."
        )
    if any(line.pairable < line.items for line in report.lines) and told:
        yield _single(report)


def _single(report: Report) -> str:
    """What items with one rating count for, in the coefficients that are shown."""
    if not any(line.labels for line in report.lines):
        return "Items with one rating do not count towards alpha."
    chance = [
        wording.title(name)
        for name in report.names
        if name.startswith(("gwet-ac", "fleiss-kappa"))
    ]
    alphas = " or alpha" if any("alpha" in name for name in report.names) else ""
    return (
        "Items with one rating count towards the label shares, the chance agreement of "
        f"{wording.listed(chance)} among them, and not towards the agreement "
        f"seen{alphas}."
    )


def _intervals(report: Report) -> Iterator[str]:
    used = {
        e.interval_method: None
        for line in report.lines
        for e in line.estimates
        if e.interval_method
    }
    if not used:
        return
    yield (
        "Standard errors are linearised over items (those with two ratings being a "
        "random number of them) and hold for these raters; the "
        f"{wording.level(report.level)} intervals are "
        f"{wording.listed([_interval(method) for method in used])}."
    )


def _interval(method: str) -> str:
    """In words and by name; a method without words by its name alone."""
    words = _INTERVALS.get(method)
    return f"{words} ({method})" if words else method


def _categories(report: Report) -> Iterator[str]:
    if any(line.labels for line in report.lines):
        yield (
            f"Per category: its share of the ratings ({SHARE_OF_RATINGS}) and, where "
            "somebody chose it, how often another rater of the item did too "
            f"({SPECIFIC_AGREEMENT}; Cicchetti and Feinstein 1990), with Wilson's "
            f"interval at the effective number of ratings ({WILSON})."
        )


def _withheld(report: Report) -> Iterator[str]:
    withheld = sum(bool(line.withheld) for line in report.lines)
    if withheld:
        slices = wording.counted(withheld, "slice", "slices")
        yield (
            f"Nothing is reported for {slices} with fewer than {report.least} items "
            "that have two ratings or more."
        )
