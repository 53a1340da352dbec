"""What can go wrong between the worker and its server, one class per treatment."""

from __future__ import annotations

from typing import Any


class ServerError(Exception):
    """Base of everything that talking to the server can raise."""


class ServerAwayError(ServerError):
    """No usable answer after all retries: wait and ask again."""


class TokenRefusedError(ServerError):
    """401 or 403: nothing will work until a person changes the token."""


class WrongServerError(ServerError):
    """The other side does not speak this protocol."""


class LeaseLostError(ServerError):
    """409: the job has moved on, whatever we made of it is no longer wanted."""


class ImageUnusableError(ServerError):
    """The picture is gone, or its bytes are not those of its hash."""


class ResultBlockedError(ServerError):
    """422: a check refuses the candidate. `findings` say which and why."""

    def __init__(self, detail: str, findings: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(detail)
        self.findings = findings

    def __str__(self) -> str:
        reasons = [_reason(finding) for finding in self.findings]
        return ": ".join([self.args[0], *filter(None, ["; ".join(reasons)])])


def _reason(finding: dict[str, Any]) -> str:
    """A finding in words: its check and message if it names them, else all of it."""
    said = [str(finding[n]) for n in ("check", "field", "message") if finding.get(n)]
    return " ".join(said) if said else str(finding)
