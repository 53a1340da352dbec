"""The policies: what a candidate's judgments and ruling amount to.

A policy is a pure function with a versioned name. What is stored names its version, so
a policy is never edited: a change is a new name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Outcome = Literal["accepted", "rejected", "contested", "revised"]

#: After so many rounds of edits an adjudicator settles what a text is to be.
MOST_EDITS: Final = 2


@dataclass(frozen=True, slots=True)
class Vote:
    """One counted judgment: its verdict, and the edited content as canonical JSON."""

    verdict: str
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the policy says. `text`: which text is accepted, or takes its place."""

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


def majority_with_second_looks(votes: Sequence[Vote], edits: int) -> Verdict:
    """As `majority`, but an edited text takes the candidate's place and is judged too.

    `edits` says how often the text was edited before; whoever edited it stands behind
    it, so a rejection is a difference between people.
    """
    if not votes:
        return Verdict("contested", "nobody is left to judge it but who wrote it")
    said = majority(votes)
    if said.text == "edited":
        if edits >= MOST_EDITS:
            reason = f"{said.reason}, after {edits} rounds of edits"
            return Verdict("contested", reason)
        return Verdict("revised", said.reason, "edited")
    if edits and said.outcome == "rejected":
        reason = f"{said.reason}, but whoever edited it stands behind it"
        return Verdict("contested", reason)
    return said


def edited_text(votes: Sequence[Vote]) -> Any:
    """The canonical JSON of the one edited text the majority agrees on."""
    return next(vote.edited for vote in votes if vote.edited is not None)


@dataclass(frozen=True, slots=True)
class Policy:
    """`conclude` takes the votes and how often the text was edited before.

    `edits_are_judged`: an edited text, ruled or agreed on, leaves only after somebody
    else has judged it. `words` are what a release's card says of the policy.
    """

    conclude: Callable[[Sequence[Vote], int], Verdict]
    words: str
    edits_are_judged: bool = False


#: The oldest first: a project only ever moves on.
POLICIES: Final[dict[str, Policy]] = {
    "majority/1": Policy(
        lambda votes, edits: majority(votes),
        "More than half of the judgments of an item decide. Ties, and differing edits, "
        "go to an adjudicator, whose ruling stands.",
    ),
    "majority/2": Policy(
        majority_with_second_looks,
        "More than half of the judgments of an item decide. Ties, and differing edits, "
        "go to an adjudicator. A text that people edited, or an adjudicator did, goes "
        "out only after somebody who did not write it has accepted it.",
        edits_are_judged=True,
    ),
}
