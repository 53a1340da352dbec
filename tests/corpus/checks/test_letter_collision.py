import pytest

from corpus.content import Caption
from tests.corpus.checks.findings import choice, found, marked

ID = "letter-collision/1"
SOURCE = choice("to the right", "to the left", "up", "down")


@pytest.mark.parametrize("option", ["A destra", "B complesso", "D accordo"])
def test_first_word_that_is_a_letter_is_warned_of(option: str) -> None:
    [finding] = found(ID, SOURCE, choice(option, "x", "y", "z"), "it")
    assert (finding.severity, finding.field) == ("warn", "option A")
    assert marked([finding], option) == [option[0]]
    assert f"answer {option[0]}" in finding.message


@pytest.mark.parametrize(
    "option", ["B. à droite", "(C) droite", "A) droite", "D: haut"]
)
def test_stray_letter_before_an_option_is_blocked(option: str) -> None:
    [finding] = found(ID, SOURCE, choice(option, "x", "y", "z"))
    assert finding.severity == "block"
    assert finding.start == 0


@pytest.mark.parametrize("option", ["a destra", "À droite", "E un gatto", "A", "A1 là"])
def test_text_that_is_no_letter_passes(option: str) -> None:
    assert found(ID, SOURCE, choice(option, "x", "y", "z"), "it") == []


def test_label_that_the_source_has_too_passes() -> None:
    source = choice("A. thaliana", "A b")
    assert found(ID, source, choice("A. thaliana", "A b")) == []


def test_letter_counts_only_if_it_is_an_option() -> None:
    five = choice("E un gatto", "b", "c", "d", "e")
    assert [f.severity for f in found(ID, five, five, "it")] == []
    source = choice("It is a cat", "b", "c", "d", "e")
    assert [f.severity for f in found(ID, source, five, "it")] == ["warn"]


def test_other_kinds_have_no_letters() -> None:
    assert found(ID, Caption("A cat."), Caption("A destra")) == []
