"""Texts that the source does not have."""

from __future__ import annotations

import pytest

from corpus import checks
from corpus.content import Conversation, MultipleChoice, Turn


def choice(hint: str) -> MultipleChoice:
    return MultipleChoice("Was ist rot?", ("ein Ball", "ein Bus"), "A", hint)


def test_a_hint_out_of_nowhere_is_blocked() -> None:
    found = checks.run(choice(""), choice("Sieh nach links."), "de")
    (finding,) = [f for f in found if f.check == "added-field/1"]
    assert (finding.severity, finding.field) == ("block", "hint")
    assert finding.message == "The source has no hint, so this cannot have one."


@pytest.mark.parametrize("relation", ["translated", "regenerated"])
def test_a_hint_beside_a_hint_is_none(relation: checks.Relation) -> None:
    found = checks.run(
        choice("Look left."), choice("Sieh nach links."), "de", relation=relation
    )
    assert "added-field/1" not in {f.check for f in found}


def test_each_turn_is_looked_at() -> None:
    plain = Conversation((Turn("a?", "b"), Turn("c?", "d")))
    told = Conversation((Turn("a?", "b"), Turn("c?", "d", "weil")))
    fields = [f.field for f in checks.run(plain, told, "de") if "added" in f.check]
    assert len(fields) == 1
    assert fields[0].startswith("explanation")
