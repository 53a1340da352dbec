"""Checks over many items of one release: pairs, repeats, languages, forms of address.

Each is a pure function over `Member`s, in one language unless it says otherwise.
"""

from corpus.checks.sets.member import Member, SetFinding

__all__ = ["Member", "SetFinding"]
