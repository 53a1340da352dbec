"""A report for a terminal: plain columns, then the cautions in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import combining, east_asian_width

from quality.agreement.reporting import wording
from quality.agreement.reporting.report import Line, Report

Row = Sequence[str]
_COUNTS: Final = ("items", "2+ ratings", "raters", "ratings", "per item")


def as_text(report: Report) -> str:
    """The whole report as text that ends in a line break."""
    blocks = [_agreement(report), _by_category(report), _raters(report)]
    blocks += [_cautions(report), _footer(report)]
    return "\n".join(block for block in blocks if block)


def _agreement(report: Report) -> str:
    if not report.lines:
        return "There are no ratings.\n"
    titles = [
        wording.title(name) + (" (%)" if wording.as_percent(name) else "")
        for name in report.names
    ]
    rows = [[*report.dimensions, *_COUNTS, *titles]]
    rows += [[*line.slice.values(), *_cells(line, report)] for line in report.lines]
    return _aligned(rows, left=len(report.dimensions))


def _cells(line: Line, report: Report) -> Iterator[str]:
    yield f"{line.items:,}"
    yield f"{line.pairable:,}"
    yield "?" if line.raters is None else f"{line.raters:,}"
    yield f"{line.ratings:,}"
    yield line.rounds
    found = {estimate.name: wording.found(estimate) for estimate in line.estimates}
    for name in report.names:
        yield "withheld" if line.withheld else found.get(name, "")


def _by_category(report: Report) -> str:
    titles = ["category", "ratings", "share of ratings (%)", "agreement on it (%)"]
    rows = [
        [
            *line.slice.values(),
            label.label,
            f"{label.ratings:,}",
            wording.shared(label.share),
            wording.shared(label.agreement),
        ]
        for line in report.lines
        for label in line.labels
    ]
    if not rows:
        return ""
    dimensions = report.dimensions
    return _aligned([[*dimensions, *titles], *rows], left=len(dimensions) + 1)


def _raters(report: Report) -> str:
    rows = [
        [
            rater.rater,
            f"{rater.ratings:,}",
            f"{rater.shared:,}",
            wording.bounded(rater.agreement, rater.low, rater.high, wording.percent),
            "-" if rater.kappa is None else wording.decimal(rater.kappa),
            rater.undefined,
        ]
        for rater in report.raters
    ]
    if not rows:
        return ""
    titles = ["rater", "ratings", "shared items", "agreement with others (%)"]
    return _aligned([[*titles, "kappa with others", ""], *rows], left=1)


def _cautions(report: Report) -> str:
    """Each sentence once, with the slices it holds for."""
    where: dict[str, list[str]] = {}
    for line in report.lines:
        for sentence in wording.cautions(line):
            where.setdefault(sentence, []).append(wording.heading(line.slice))
    told = [
        f"{sentence} ({'; '.join(slices)})" if slices[0] else sentence
        for sentence, slices in where.items()
    ]
    told += [*report.facts.left_out, *report.facts.notes]
    return "".join(f"- {_plain(sentence)}\n" for sentence in told)


def _footer(report: Report) -> str:
    return (
        f"[ ] is the {wording.level(report.level)} interval over items, for these raters. "
        f"Names: {', '.join(report.names) or 'none'}.\n"
        if report.names
        else ""
    )


def _aligned(rows: Sequence[Row], *, left: int) -> str:
    """Columns two blanks apart, the first `left` of them flush left, then a rule."""
    plain = [[_plain(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*plain, strict=True)]
    lines = ["  ".join(_padded(row, widths, left)).rstrip() for row in plain]
    lines.insert(1, "-" * max(map(_width, lines)))
    return "".join(f"{line}\n" for line in lines)


def _padded(row: Row, widths: Sequence[int], left: int) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (width - _width(cell))
        yield cell + blanks if place < left else blanks + cell


def _plain(text: str) -> str:
    """On one line, and without what steers a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _width(text: str) -> int:
    """Terminal cells: two for East Asian wide characters, none for combining ones."""
    return sum(
        0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text
    )
