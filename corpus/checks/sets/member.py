"""What the checks over a set read, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.checks.finding import Severity
from corpus.content import Content


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a set in one language; `group` ties those that belong together.

    `picture` is its image's SHA-256, or what else the picture is known by.
    """

    key: str
    source: Content
    content: Content
    group: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class SetFinding:
    """What is wrong with a set, and the keys of the items it concerns."""

    check: str
    severity: Severity
    message: str
    keys: tuple[str, ...] = ()
    field: str = ""
