"""What upstream columns add to the checks, whatever shape they have."""

from __future__ import annotations

import pytest

from corpus import checks
from corpus.checks.context import context_of
from corpus.content import Caption, MultipleChoice


@pytest.mark.parametrize("cell", [5, "a bus", None, {"a": 1}, 1.5, True])
def test_transcripts_of_another_shape_add_nothing(cell: object) -> None:
    context = context_of({"transcripts": cell})
    assert context == {}
    bus = Caption("A red bus waits."), Caption("Ein roter Bus wartet.")
    assert checks.run(*bus, "de", relation="regenerated", context=context) == []


def test_only_texts_are_transcripts() -> None:
    found = context_of({"transcripts": ["a bus", 5, None]})
    assert found == {"transcripts": ["a bus"]}


def test_labels_and_languages_come_to_the_checks_that_read_them() -> None:
    upstream = {"labels": ["root", None], "answer": "1"}
    context = context_of(upstream, languages=["en", "fr"])
    assert context == {"labels": ["root"], "languages": ("en", "fr")}
    asked = MultipleChoice("Which is it?", ("root", "stem"), "A")
    translated = MultipleChoice("Lequel est-ce ?", ("racine", "tige"), "A")
    [finding] = checks.run(asked, translated, "fr", context=context)
    assert (finding.check, finding.field) == ("quoted/1", "option A")
