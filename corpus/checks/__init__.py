"""One check per module: (source, candidate) to findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.content import Content


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say about one field of a candidate."""

    check: str
    severity: Literal["block", "warn"]
    field: str
    message: str
    start: int | None = None
    end: int | None = None


def run(
    source: Content,
    candidate: Content,
    language: str,
    relation: Literal["translated", "regenerated"] = "translated",
) -> list[Finding]:
    return []
