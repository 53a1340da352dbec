import pytest

from corpus.content import QuestionAnswer
from tests.corpus.checks.findings import captions, found, marked

ID = "language/2"
TEXTS = {
    "en": "A brown dog runs along the beach while two children watch it.",
    "fr": "Un chien brun court sur la plage tandis que deux enfants le regardent.",
    "de": "Ein brauner Hund läuft am Strand entlang, während zwei Kinder zusehen.",
    "it": "Un cane marrone corre sulla spiaggia mentre due bambini lo guardano.",
    "es": "Un perro marrón corre por la playa mientras dos niños lo miran.",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("other", TEXTS)
def test_text_of_another_language_is_warned_of(language: str, other: str) -> None:
    findings = captions(ID, TEXTS["en"], TEXTS[other], language)
    assert [f.severity for f in findings] == (["warn"] if language != other else [])
    assert marked(findings, TEXTS[other]) == [TEXTS[other]] * len(findings)


def test_languages_are_named() -> None:
    [finding] = captions(ID, TEXTS["en"], TEXTS["es"], "it")
    assert finding.message == "This seems to be Spanish, not Italian."


def test_only_languages_of_the_project_are_looked_for() -> None:
    texts = f"{TEXTS['es']} {TEXTS['es']}"
    spoken = {"it": ["en", "it"], "es": ["en", "it", "es"]}
    assert captions(ID, TEXTS["en"], texts, "it", languages=spoken["it"]) == []
    [finding] = captions(ID, TEXTS["en"], texts, "it", languages=spoken["es"])
    assert finding.message == "This seems to be Spanish, not Italian."


def test_the_language_of_the_text_itself_is_always_possible() -> None:
    text, spoken = TEXTS["de"], ["en", "fr"]
    assert captions(ID, TEXTS["en"], text, "de", languages=spoken) == []


def test_one_sentence_of_another_language_is_pointed_at() -> None:
    text = f"{TEXTS['de']} {TEXTS['de']} {TEXTS['en']}"
    [finding] = captions(ID, TEXTS["en"], text, "de")
    assert text[finding.start : finding.end].strip() == TEXTS["en"]
    assert finding.message == "This sentence seems to be English."


def test_fields_are_read_together() -> None:
    candidate = QuestionAnswer("Que fait le chien brun ?", "Il court sur la plage.")
    assert found(ID, candidate, candidate, "fr") == []
    [finding] = found(ID, candidate, candidate, "de")
    assert finding.field == "question"


@pytest.mark.parametrize(
    "text",
    [
        "Taxi, Hotel, Restaurant.",
        'Auf dem Schild steht "please do not feed the animals in this park".',
        "Siehe https://example.org/this/is/not/in/the/language/of/the/text dort.",
        "`for every word in the list of words: print the word`",
        "12 + 30 = 42",
    ],
)
def test_labels_quotations_and_code_say_nothing_of_the_language(text: str) -> None:
    assert captions(ID, TEXTS["en"], text, "de") == []


def test_language_that_is_not_ours_is_left_alone() -> None:
    assert captions(ID, TEXTS["en"], TEXTS["fr"], "xx") == []
