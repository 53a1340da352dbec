"""One check per module: (source, candidate, language) -> findings.

A check knows no threshold of a project and asks no model. "block" means that the text
cannot be released as it is, "warn" that an annotator should look.
"""

from __future__ import annotations

from corpus.checks import (
    chatter,
    duplicate_options,
    empty,
    encoding,
    key_changed,
    length_ratio,
    letter_collision,
    not_translated,
    numbers_changed,
    option_count,
    placeholders,
    structure,
)
from corpus.checks.finding import Check, Finding, Relation, Severity
from corpus.content import Content

__all__ = ["CHECKS", "Check", "Finding", "Relation", "Severity", "run"]

_ALL = (
    Check(structure.ID, structure.check),
    Check(key_changed.ID, key_changed.check),
    Check(option_count.ID, option_count.check),
    Check(empty.ID, empty.check),
    Check(encoding.ID, encoding.check),
    Check(chatter.ID, chatter.check),
    Check(placeholders.ID, placeholders.check, ("translated",)),
    Check(duplicate_options.ID, duplicate_options.check),
    Check(letter_collision.ID, letter_collision.check),
    Check(not_translated.ID, not_translated.check, ("translated",)),
    Check(numbers_changed.ID, numbers_changed.check, ("translated",)),
    Check(length_ratio.ID, length_ratio.check, ("translated",)),
)

CHECKS: dict[str, Check] = {check.id: check for check in _ALL}


def run(
    source: Content,
    candidate: Content,
    language: str,
    *,
    relation: Relation = "translated",
) -> list[Finding]:
    """All findings about a candidate in `language`, in the order of the checks.

    A candidate of another kind has no fields to compare: that is all that is said.
    """
    first = list(structure.check(source, candidate, language))
    if source.kind != candidate.kind:
        return first
    return [
        finding
        for check in CHECKS.values()
        if relation in check.relations
        for finding in check.function(source, candidate, language)
    ]
