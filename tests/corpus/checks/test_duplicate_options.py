import pytest

from corpus.content import Caption
from tests.corpus.checks.findings import choice, found, marked

ID = "duplicate-options/1"


@pytest.mark.parametrize(
    "pair", [("Rot", "rot"), ("été", "Ete"), ("un chat", "Un chat."), ("l'eau", "leau")]
)
def test_options_that_say_the_same_are_blocked(pair: tuple[str, str]) -> None:
    [finding] = found(ID, choice("one", "two"), choice(*pair))
    assert (finding.severity, finding.field) == ("block", "option B")
    assert finding.message == "This says the same as option A."
    assert marked([finding], pair[1]) == [pair[1]]


@pytest.mark.parametrize(
    "pair",
    [("-5", "5"), ("\u22125", "5"), ("1.5", "15"), ("1,5", "15"), ("<", ">")]
    + [("x²", "x2"), ("+", "="), ("?", "!"), ("$5", "€5"), ("C", "C++")],
)
def test_signs_that_matter_are_not_folded_away(pair: tuple[str, str]) -> None:
    assert found(ID, choice("one", "two"), choice(*pair)) == []


def test_options_alike_in_the_source_are_its_own() -> None:
    assert found(ID, choice("A.", "a"), choice("B.", "b")) == []


def test_three_alike_are_told_pair_by_pair() -> None:
    findings = found(ID, choice("1", "2", "3"), choice("x", "X", "x."))
    assert [finding.field for finding in findings] == [
        "option B",
        "option C",
        "option C",
    ]


def test_other_kinds_have_no_options() -> None:
    assert found(ID, Caption("A"), Caption("B")) == []
    assert len(found(ID, Caption("A"), choice("x", "x"))) == 1
