"""What can go wrong, raised where the rule is.

A class becomes a status in two places only: middleware.py for pages, api/errors.py for
machines. The message is a sentence for the person who reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.checks import Finding


class ConcordError(Exception):
    """A rule of Concord said no."""

    status = 400


class NotAllowed(ConcordError):
    status = 403


class NotFound(ConcordError):
    status = 404


class Conflict(ConcordError):
    status = 409


class TooLarge(ConcordError):
    status = 413


class Invalid(ConcordError):
    """The input breaks a rule; `findings` say where, if a check found it."""

    status = 422

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


class NothingLeft(ConcordError):
    status = 404


def require(why_not: str | None) -> None:
    """Raise NotAllowed with the reason why somebody may not, if there is one."""
    if why_not:
        raise NotAllowed(why_not)


def require_still(why_not: str | None) -> None:
    """Raise Conflict with the reason why it is too late, if there is one."""
    if why_not:
        raise Conflict(why_not)
