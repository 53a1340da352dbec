"""What can become of an address. The words are ours, never those of the other side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes that were sent; they begin like a picture and are not too many."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no picture to be had, and asking again would not change that."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may work another time, not before `seconds` have passed if the host says so."""

    reason: str
    seconds: int = 0


Outcome = Fetched | Gone | Later


class Ended(Exception):
    """Carries an outcome out of the middle of the work."""

    def __init__(self, outcome: Gone | Later) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


def gone(reason: str) -> Ended:
    return Ended(Gone(reason))


def later(reason: str, seconds: int = 0) -> Ended:
    return Ended(Later(reason, seconds))
