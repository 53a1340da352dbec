import pytest

from corpus.content import Caption, Content, MultipleChoice, QuestionAnswer
from tests.corpus.checks.findings import choice, found, talk


@pytest.mark.parametrize(
    ("source", "candidate", "field"),
    [
        (Caption("A cat."), Caption(" \n"), "caption"),
        (QuestionAnswer("Q?", "A"), QuestionAnswer("Q ?", ""), "answer"),
        (choice("a", "b"), MultipleChoice("Q ?", ("a", " "), "A"), "option B"),
        (choice("a", "b", hint="Look."), choice("a", "b"), "hint"),
        (talk(("Q?", "A", "Why.")), talk(("Q ?", "A", "")), "explanation 1"),
    ],
)
def test_blank_field_is_blocked_by_its_name(
    source: Content, candidate: Content, field: str
) -> None:
    [finding] = found("empty/1", source, candidate)
    assert (finding.severity, finding.field) == ("block", field)
    assert finding.message == f"The {field} is empty here, the source has one."


@pytest.mark.parametrize(
    ("source", "candidate"),
    [
        (choice("a", "b"), choice("a", "b")),
        (choice("a", "b"), choice("a", "b", hint="More.")),
        (choice("a", "b", "c"), choice("a", "b")),
        (talk(("Q?", "A", "Why."), ("R?", "B", "So.")), talk(("Q ?", "A", "Car."))),
        (Caption("A cat."), QuestionAnswer("Q ?", "A")),
        (Caption(" "), Caption(" ")),
    ],
)
def test_what_is_missing_as_a_group_is_told_elsewhere(
    source: Content, candidate: Content
) -> None:
    assert found("empty/1", source, candidate) == []
