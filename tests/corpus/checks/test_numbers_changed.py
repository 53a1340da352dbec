import pytest

from tests.corpus.checks.findings import captions, marked

ID = "numbers/1"


def test_missing_number_is_named() -> None:
    [finding] = captions(ID, "There are 12 boats.", "Il y a des bateaux.")
    assert finding.severity == "warn"
    assert finding.message == "The number 12 of the source is missing here."
    assert finding.start is None


def test_new_number_is_pointed_at() -> None:
    text = "Il y a 13 bateaux."
    findings = captions(ID, "There are boats.", text)
    assert [f.message for f in findings] == ["The number 13 is not in the source."]
    assert marked(findings, text) == ["13"]


def test_changed_number_is_both() -> None:
    findings = captions(ID, "It weighs 1.5 kg.", "Es wiegt 15 kg.", "de")
    assert [finding.message for finding in findings] == [
        "The number 1.5 of the source is missing here.",
        "The number 15 is not in the source.",
    ]


def test_number_said_once_too_rarely_is_missing() -> None:
    [finding] = captions(ID, "3 cats and 3 dogs", "3 chats et des chiens")
    assert "The number 3" in finding.message


@pytest.mark.parametrize(
    ("source", "candidate", "language"),
    [
        ("1,234.5 metres", "1.234,5 Meter", "de"),
        ("1,234.5 metres", "1\u202f234,5 mètres", "fr"),
        ("1,234.5 metres", "1 234,5 mètres", "fr"),
        ("1,000 people", "1.000 persone", "it"),
        ("1000 people", "1 000 personnes", "fr"),
        ("a value of 1.000", "ein Wert von 1,000", "de"),
        ("1.5 times", "1.5 mal", "de"),
        ("3 cats", "trois chats", "fr"),
        ("three cats", "3 chats", "fr"),
        ("the 2nd row", "die zweite Reihe", "de"),
        ("the second row", "la 2e rangée", "fr"),
        ("5 100 200", "5 100 200", "fr"),
        ("rows 5, 100 and 200", "righe 5, 100 e 200", "it"),
        ("at 3 pm", "à 15 h", "fr"),
        ("at 3:30 p.m.", "um 15:30 Uhr", "de"),
        ("at 12 am", "a las 0 horas", "es"),
        ("12/31/2020", "31.12.2020", "de"),
        ("version 1.2.3", "versione 1.2.3", "it"),
        ("B2", "B2", "es"),
        ("1,000 or 1.0", "1.000 oder 1,0", "de"),
    ],
)
def test_same_number_in_the_notation_of_the_language_passes(
    source: str, candidate: str, language: str
) -> None:
    assert captions(ID, source, candidate, language) == []
