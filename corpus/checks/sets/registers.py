"""A set addresses its readers in one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.checks.register import addresses
from corpus.checks.sets.member import Member, SetFinding

ID = "set-register/1"


def check(members: Iterable[Member], language: str) -> Iterator[SetFinding]:
    """Warns of the items whose form of address is not that of most."""
    forms: dict[str, set[str]] = {}
    for member in members:
        forms[member.key] = {
            form
            for _, text in member.content.texts()
            for _, form in addresses(text, language)
        }
    counts = Counter(form for found in forms.values() for form in found)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    strange = tuple(key for key, found in forms.items() if found - {usual})
    message = f"Most items address the reader in the {usual} form, these do not."
    yield SetFinding(ID, "warn", message, strange)
