"""One check per module: (source, candidate, language) -> findings.

A check knows no threshold of a project and asks no model. "block" means that the text
cannot be released as it is, "warn" that an annotator should look. `docs/checks.md`
lists them with what each cannot see; checks over many items lie in `sets`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import ModuleType

from corpus.checks import (
    added_field,
    answer_given_away,
    chatter,
    code,
    colours,
    cut_off,
    dates,
    directions,
    duplicate_options,
    empty,
    encoding,
    formulas,
    invented,
    key_changed,
    language,
    length_ratio,
    letter_collision,
    loops,
    markdown,
    names,
    nested_options,
    not_translated,
    numbers_changed,
    option_count,
    placeholders,
    polarity,
    quoted,
    register,
    structure,
    times,
    typography,
    units,
)
from corpus.checks.finding import (
    NO_CONTEXT,
    Check,
    Context,
    Finding,
    Relation,
    Severity,
)
from corpus.content import BENCHMARK_KINDS, KINDS, Content, Kind

__all__ = [
    "CHECKS",
    "Check",
    "Context",
    "Finding",
    "Relation",
    "VERSION",
    "Severity",
    "run",
]

#: For every candidate, whether it follows the wording of its source or not.
_ALWAYS = (
    structure,
    key_changed,
    option_count,
    empty,
    encoding,
    chatter,
    duplicate_options,
    letter_collision,
    language,
    loops,
    cut_off,
    register,
    typography,
)
#: For candidates that say what their source says, sentence by sentence.
_TRANSLATED = (
    added_field,
    placeholders,
    formulas,
    code,
    not_translated,
    length_ratio,
    numbers_changed,
    units,
    times,
    dates,
    names,
    colours,
    directions,
    polarity,
    markdown,
    nested_options,
    answer_given_away,
)
_WITH_CONTEXT = (
    Check(
        quoted.ID,
        quoted.check,
        ("translated",),
        reads_context=True,
        native=BENCHMARK_KINDS,
    ),
    Check(invented.ID, invented.check, reads_context=True),
)
#: A native training text was written freely: it owes its English neither parts nor
#: facts. One of a benchmark asks the same question, with the same key and options.
_NATIVE: dict[str, tuple[Kind, ...]] = {
    structure.ID: (),
    empty.ID: BENCHMARK_KINDS,
    nested_options.ID: BENCHMARK_KINDS,
    answer_given_away.ID: BENCHMARK_KINDS,
}


def _all() -> Iterator[Check]:
    module: ModuleType
    for module in _ALWAYS:
        native = _NATIVE.get(module.ID, KINDS)
        knows = module is language
        yield Check(module.ID, module.check, reads_context=knows, native=native)
    for module in _TRANSLATED:
        native = _NATIVE.get(module.ID, ())
        yield Check(module.ID, module.check, ("translated",), native=native)
    yield from _WITH_CONTEXT


CHECKS: dict[str, Check] = {check.id: check for check in _all()}


#: Names this very set of checks: another one has to look at old texts again.
VERSION = hashlib.sha256(" ".join(sorted(CHECKS)).encode()).hexdigest()[:12]


def run(
    source: Content,
    candidate: Content,
    language: str,
    *,
    relation: Relation = "translated",
    context: Context = NO_CONTEXT,
) -> list[Finding]:
    """All findings about a candidate in `language`, in the order of the checks.

    A candidate of another kind has no fields to compare: that is all that is said.
    `context` may hold what else is known of the item: "transcripts", the texts that
    people spoke about the image, "labels", the words written in it, and "languages",
    those that a text of this project can be in.
    """
    if source.kind != candidate.kind:
        return list(structure.check(source, candidate, language))
    return [
        finding
        for check in CHECKS.values()
        if check.looks_at(relation, source.kind)
        for finding in check(source, candidate, language, context)
    ]
