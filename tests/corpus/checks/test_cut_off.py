import pytest

from corpus.content import QuestionAnswer
from tests.corpus.checks.findings import captions, found, marked

ID = "cut-off/1"


def test_missing_end_is_pointed_at() -> None:
    text = "Ein Hund läuft über die"
    findings = captions(ID, "A dog runs over the lawn.", text, "de")
    assert marked(findings, text) == ["e"]
    assert findings[0].severity == "warn"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Ein Hund (von hinten.", "("),
        ("Ein [Hund.", "["),
        ('Auf dem Schild steht "halt.', '"'),
        ("Un « mot.", "«"),
        ("So: ```\nx = 1.", "```"),
    ],
)
def test_mark_that_stays_open_is_pointed_at(text: str, mark: str) -> None:
    findings = captions(ID, "A dog.", text, "de")
    assert marked(findings, text) == [mark]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A dog.", "Ein Hund."),
        ("A dog.", "Ein Hund!»"),
        ("A dog", "Ein Hund"),
        ("A dog.", 'Ein Hund (klein), „treu“, “so”, 5" groß.'),
        ("A dog.", "a) ein Hund; b) eine Katze :) ."),
        ("A (dog.", "Ein (Hund."),
        ("A dog.", "`f(x` ist Code."),
        ("Look:", "Sieh her:"),
    ],
)
def test_whole_texts_pass(source: str, text: str) -> None:
    assert captions(ID, source, text, "de") == []


def test_blank_field_is_another_check() -> None:
    source, candidate = QuestionAnswer("A?", "B."), QuestionAnswer("A ?", " ")
    assert found(ID, source, candidate) == []
