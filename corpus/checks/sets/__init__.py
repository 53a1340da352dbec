"""Checks over many items of one release: pairs, repeats, languages, forms of address.

Each is a pure function over `Member`s, in one language unless it says otherwise; those
of the splits and of the balance of a training set look at pictures and counts alone.
"""

from corpus.checks.sets.member import Member, SetFinding

__all__ = ["Member", "SetFinding"]
