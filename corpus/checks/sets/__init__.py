"""Checks over many items of one release: pairs, repeats, cells, languages, pictures.

Each is a pure function over `Member`s, in one language unless it says otherwise.
"""

from corpus.checks.sets.member import Member, SetFinding

__all__ = ["Member", "SetFinding"]
