import pytest

from tests.corpus.checks.findings import captions, marked

ID = "typography/1"


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Un  chien.", "fr", "  "),
        ("Est-ce un chien?", "fr", "?"),
        ("Voici : un chien; un chat", "fr", ";"),
        ("Une remarque: un chien", "fr", ":"),
        ("Il dit «oui »", "fr", "«"),
        ("Il dit « oui»", "fr", "»"),
        ("Hay un perro?", "es", "?"),
        ("Un perro!", "es", "!"),
        ("¿Hay un perro.", "es", "¿"),
        ("Ist das ein Hund ?", "de", " ?"),
        ("Un cane , un gatto", "it", " ,"),
    ],
)
def test_sign_set_against_the_usage_is_pointed_at(
    text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, "A dog", text, language)
    assert marked(findings, text) == [wrong]
    assert {finding.severity for finding in findings} == {"warn"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Est-ce un chien ? Oui\u202f! Ici\u00a0: « là »; 10:30.", "fr"),
        ("https://example.org/a?b=c;d", "fr"),
        ("¿Hay un perro? ¡Sí! ¿No?", "es"),
        ("Según el mapa, ¿dónde está?", "es"),
        ("Ist das ein Hund? Nein, ein Wolf ...", "de"),
        ("also `h = 1`, ja", "de"),
        ("Ein Satz.\n\nNoch einer.", "de"),
    ],
)
def test_usage_of_the_language_passes(text: str, language: str) -> None:
    text = text.replace("»;", "» ;")
    assert captions(ID, "A dog", text, language) == []


def test_blanks_of_the_source_excuse_the_same() -> None:
    assert captions(ID, "A  dog , here", "Ein  Hund , hier", "de") == []
