import pytest

from corpus.content import QuestionAnswer
from tests.corpus.checks.findings import captions, found, marked

ID = "register/1"


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Que vois-tu ? Décrivez votre image.", "fr", "votre"),
        ("Sieh auf dein Bild. Was sehen Sie?", "de", "Sie"),
        ("Guarda la tua mano, e poi la Sua.", "it", "Sua"),
        ("Mire usted su mano y luego tu pie.", "es", "tu"),
    ],
)
def test_second_form_of_address_is_pointed_at(
    text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, "Look.", text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Que voyez-vous ? Décrivez votre image.", "fr"),
        ("Was siehst du? Sie ist rot, und ihre Tür auch.", "de"),
        ("Il tono della tua voce. Lei ride.", "it"),
        ("Il dit « tu es là » et vous regarde.", "fr"),
        ("Sie lachen, und ihr Hund sieht dich an.", "de"),
        ("du und Sie", "xx"),
    ],
)
def test_one_form_and_third_persons_pass(text: str, language: str) -> None:
    assert captions(ID, "Look.", text, language) == []


def test_fields_of_an_item_are_one_text() -> None:
    candidate = QuestionAnswer("Was siehst du?", "Das sehen Sie doch.")
    [finding] = found(ID, candidate, candidate, "de")
    assert finding.field == "answer"
    assert finding.message == "The reader is 'du' before, and 'Sie' here."
