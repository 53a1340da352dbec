import pytest

from corpus.checks.units import units
from tests.corpus.checks.findings import captions, marked

ID = "units/1"


def read(text: str, language: str) -> list[str]:
    return [word.text for word in units(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("5 m, 5m and 5-meter", "en", ["m", "m", "meter"]),
        ("12 km/h ou 12 kilomètres par heure", "fr", ["km/h", "kilomètres par heure"]),
        ("$5 or US$ 7", "en", ["$", "US$"]),
        ("20 °C, 9 %, 3 €", "de", ["°C", "%", "€"]),
        ("5 l'eau, 7 M, 3 gatti", "fr", []),
        ("meters of rope", "en", []),
        ("20 m² de suelo", "es", ["m²"]),
    ],
)
def test_units_next_to_numbers_are_read(
    text: str, language: str, found: list[str]
) -> None:
    assert read(text, language) == found


@pytest.mark.parametrize(
    ("source", "text", "language", "wrong"),
    [
        ("90 meters long", "90 Fuß lang", "de", ["Fuß"]),
        ("a $45 ticket", "un billet à 45 €", "fr", ["€"]),
        ("10 miles away", "a 16 chilometri", "it", ["chilometri"]),
        ("3 hours", "3 días", "es", ["días"]),
        ("15 kg", "15", "de", []),
    ],
)
def test_unit_that_changed_or_went_is_warned_of(
    source: str, text: str, language: str, wrong: list[str]
) -> None:
    findings = captions(ID, source, text, language)
    assert [finding.severity for finding in findings] == ["warn"]
    assert marked(findings, text) == wrong


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("5 m", "5 Meter", "de"),
        ("5 m", "cinq mètres", "fr"),
        ("20 degrees", "20 °C", "fr"),
        ("20 °C", "20 Grad", "de"),
        ("50 percent", "50 %", "it"),
        ("3 books", "3 livres", "fr"),
        ("$5", "5 Dollar", "de"),
        ("60 mph", "60 millas por hora", "es"),
        ("5 m", "5 pieds", "xx"),
    ],
)
def test_same_unit_in_the_spelling_of_the_language_passes(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []
