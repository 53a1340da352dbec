"""What a check says, and the small tools that checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from corpus.content import Content, Kind

Severity = Literal["block", "warn"]

#: How the candidate came to be: from the source's text, anew from its image with the
#: source's parts, or freely, by a person in their own language.
Relation = Literal["translated", "regenerated", "native"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or may be, with a candidate.

    `field` is the name that `texts` gives; `start` and `end` are the span in the
    candidate's text of that field, None if the finding is about no place in it.
    """

    check: str
    severity: Severity
    field: str
    message: str
    start: int | None = None
    end: int | None = None


#: What is known of an item besides its source text: "transcripts", "labels",
#: "languages".
Context: TypeAlias = Mapping[str, Any]
NO_CONTEXT: Context = MappingProxyType({})

#: (source, candidate, language), and the context for those that read it.
CheckFunction: TypeAlias = Callable[..., Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check under its id; `relations` are the candidates it makes sense for.

    Of native texts it looks at those of the kinds `native`.
    """

    id: str
    function: CheckFunction
    relations: tuple[Relation, ...] = ("translated", "regenerated")
    reads_context: bool = False
    native: tuple[Kind, ...] = ()

    def looks_at(self, relation: Relation, kind: Kind) -> bool:
        """Whether it makes sense for a candidate of this relation and kind."""
        return (
            kind in self.native if relation == "native" else relation in self.relations
        )

    def __call__(
        self,
        source: Content,
        candidate: Content,
        language: str,
        context: Context = NO_CONTEXT,
    ) -> Iterator[Finding]:
        if self.reads_context:
            return self.function(source, candidate, language, context)
        return self.function(source, candidate, language)


def pairs(source: Content, candidate: Content) -> Iterator[tuple[str, str, str]]:
    """Name, source text, candidate text of the fields that both have."""
    originals = dict(source.texts())
    for name, text in candidate.texts():
        if name in originals:
            yield name, originals[name], text


def all_fields(source: Content, candidate: Content) -> Iterator[tuple[str, str, str]]:
    """Name, source text ("" if it has no such field), candidate text of every field."""
    originals = dict(source.texts())
    for name, text in candidate.texts():
        yield name, originals.get(name, ""), text
