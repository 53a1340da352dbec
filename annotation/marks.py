"""Marked errors: checked against the texts they lie in, and kept with their judgment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from annotation.errors import Invalid
from annotation.models import Candidate, Judgment, Span
from annotation.phrases import said
from corpus.marking import PARTS, SOURCE, Mark, in_parts, why_none


def check(marks: Sequence[Mark], candidate: Candidate) -> None:
    """Raise Invalid if an answer about this candidate may not hold these marks."""
    if not marks:
        return
    if why := why_none(marks, candidate.item.content, candidate.content):
        raise Invalid(said(why))
    if candidate.item.image_id is None and any(mark.region for mark in marks):
        raise Invalid(_("This item has no image, so no mark can point into it."))


def write(marks: Sequence[Mark], judgment: Judgment) -> None:
    """Keep checked marks, in the order in which the texts are read."""
    candidate = judgment.candidate
    if not marks:
        return
    contents = (candidate.item.content, candidate.content)
    names = [name for content in contents for name, _ in content.texts()]

    def place(mark: Mark) -> tuple[bool, int, int, int, str]:
        field = names.index(mark.field)
        return mark.side != SOURCE, field, mark.start, mark.end, mark.category

    rows = (_row(mark, judgment) for mark in sorted(marks, key=place))
    Span.objects.bulk_create(rows)


def _row(mark: Mark, judgment: Judgment) -> Span:
    row = Span(
        judgment=judgment,
        side=mark.side,
        field=mark.field,
        start=mark.start,
        end=mark.end,
        words=mark.words,
        category=mark.category,
        severity=mark.severity,
    )
    if mark.region is not None:
        edges = (Decimal(part) / PARTS for part in in_parts(mark.region))
        row.x, row.y, row.width, row.height = edges
    return row
