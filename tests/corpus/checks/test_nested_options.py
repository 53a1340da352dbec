from corpus.content import Caption
from tests.corpus.checks.findings import choice, found

ID = "nested-options/1"


def test_option_inside_another_is_pointed_at() -> None:
    candidate = choice("vert", "ouvert", "fermé")
    [finding] = found(ID, choice("green", "open", "shut"), candidate)
    assert (finding.severity, finding.field) == ("warn", "option B")
    assert (finding.start, finding.end) == (2, 6)
    assert finding.message == "Option A is a part of this one."


def test_options_nested_in_the_source_are_its_own() -> None:
    source = choice("a cat", "a cat and a dog")
    assert found(ID, source, choice("un chat", "un chat et un chien")) == []


def test_equal_options_are_another_check() -> None:
    assert found(ID, choice("a", "b"), choice("un", "un")) == []


def test_other_kinds_have_no_options() -> None:
    assert found(ID, Caption("a"), choice("un", "une")) == []
    assert found(ID, choice("a", "b"), Caption("un")) == []
