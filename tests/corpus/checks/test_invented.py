import pytest

from corpus.content import QuestionAnswer
from tests.corpus.checks.findings import captions, found, marked

ID = "invented/1"
SOURCE = "A tower stands near three houses."


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Une tour de 1987.", "fr", "1987"),
        ("Une tour, « Tour Neuve ».", "fr", "« Tour Neuve »"),
        ("Une tour à San Pedro.", "fr", "San Pedro"),
        ("Ein Turm der NASA.", "de", "NASA"),
    ],
)
def test_fact_without_a_source_is_pointed_at(
    text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, SOURCE, text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"
    assert captions(ID, SOURCE, text, language, transcripts=[f"It says {wrong}"]) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Une tour et 3 maisons.", "fr"),
        ("Ein Großer Turm und Drei Häuser.", "de"),
        ("Una torre en los Estados Unidos y un DJ.", "es"),
    ],
)
def test_known_facts_and_everyday_words_pass(text: str, language: str) -> None:
    assert captions(ID, SOURCE, text, language) == []


def test_answers_may_say_what_only_the_picture_tells() -> None:
    source = QuestionAnswer("How many?", "Some.")
    assert found(ID, source, QuestionAnswer("Combien ?", "Il y en a 12.")) == []
