"""The policies: what a candidate's judgments and ruling amount to.

A policy is a pure function with a versioned name. What is stored names its version, so
a policy is never edited: a change is a new name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Outcome = Literal["accepted", "rejected", "contested"]


@dataclass(frozen=True, slots=True)
class Vote:
    """One counted judgment: its verdict, and the edited content as canonical JSON."""

    verdict: str
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy says. `text`: which text is accepted, if one is."""

    outcome: Outcome
    reason: str
    text: Literal["candidate", "edited", "none"] = "none"


def majority(votes: Sequence[Vote]) -> Verdict:
    """More than half of the k verdicts decide; anything else is contested.

    A majority for edits accepts only one text: if the edits differ, somebody must
    choose between them.
    """
    counts = Counter(vote.verdict for vote in votes)
    verdict, most = counts.most_common(1)[0]
    if 2 * most <= len(votes):
        return Verdict("contested", f"no majority: {_spelled(counts)}")
    share = f"{most} of {len(votes)}"
    if verdict == "accept":
        return Verdict("accepted", f"{share} accept it as it is", "candidate")
    if verdict == "reject":
        return Verdict("rejected", f"{share} reject it")
    if verdict == "cannot_judge":
        return Verdict("contested", f"{share} cannot judge it")
    edits = {vote.edited for vote in votes if vote.verdict == verdict}
    if len(edits) == 1:
        return Verdict("accepted", f"{share} accept the same edited text", "edited")
    return Verdict("contested", f"{share} accept it with edits, but the edits differ")


def _spelled(counts: Counter[str]) -> str:
    parts = [
        f"{n} {verdict.replace('_', ' ')}" for verdict, n in sorted(counts.items())
    ]
    return ", ".join(parts)


POLICIES: Final[dict[str, Callable[[Sequence[Vote]], Verdict]]] = {
    "majority/1": majority
}


def edited_text(votes: Sequence[Vote]) -> Any:
    """The canonical JSON of the one edited text the majority agrees on."""
    return next(vote.edited for vote in votes if vote.edited is not None)


#: What a release's card says of each policy.
WORDS: Final = {
    "majority/1": (
        "More than half of the judgments of an item decide. Ties, and differing edits, "
        "go to an adjudicator, whose ruling stands."
    ),
}
