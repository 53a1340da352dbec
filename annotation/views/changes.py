"""What an edit changed, text by text, for the pages that show the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from annotation.models import Candidate, Judgment
from annotation.phrases import said
from corpus.content import Content, parse
from corpus.diffing import Segment, diff


@dataclass(frozen=True, slots=True)
class Change:
    """One text of a content, as segments that lead from the text before."""

    label: str
    segments: Sequence[Segment]


def changes(before: Content, after: Content) -> list[Change]:
    """The texts that differ, in reading order; those left alone are left out."""
    old, new = dict(before.texts()), dict(after.texts())
    names = [*old, *(name for name in new if name not in old)]
    return [
        Change(capfirst(said(name)), diff(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def edited_content(candidate: Candidate, judgment: Judgment) -> Content | None:
    """The content that a judgment of the candidate gives instead, if it does."""
    if judgment.edited_json is None:
        return None
    return parse(candidate.item.kind, judgment.edited_json)


def changes_of(candidate: Candidate, judgment: Judgment) -> list[Change]:
    """What the edit of a judgment changed in its candidate; nothing if it has none."""
    edited = edited_content(candidate, judgment)
    return [] if edited is None else changes(candidate.content, edited)


def changes_since(candidate: Candidate) -> list[Change]:
    """What was changed in the text that an edited candidate takes the place of."""
    if candidate.revises is None:
        return []
    before = parse(candidate.item.kind, candidate.revises.content_json)
    return changes(before, candidate.content)
