"""Pictures that are known by their address alone: fetched, or found to be gone.

A pending image is claimed, fetched by the one guarded way out, and settled: stored,
joined to an image with the same bytes, gone with a reason, or put off.
"""

from annotation.fetching.outcomes import Fetched, Gone, Later, Outcome
from annotation.fetching.reading import Limits, fetch
from annotation.fetching.running import ask, ask_due, revive, run_fetch
from annotation.fetching.settling import pending_of

__all__ = [
    "Fetched",
    "Gone",
    "Later",
    "Limits",
    "Outcome",
    "ask",
    "ask_due",
    "fetch",
    "pending_of",
    "revive",
    "run_fetch",
]
