import pytest

from tests.corpus.checks.findings import captions, marked

ID = "colours/1"
SOURCE = "A man in a red shirt holds a black and white cat."


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Ein Mann in blauem Hemd hält eine schwarz-weiße Katze.", "de", "blauem"),
        ("Un homme en chemise bleue tient un chat noir et blanc.", "fr", "bleue"),
        ("Un uomo con la camicia blu tiene un gatto bianco e nero.", "it", "blu"),
        ("Un hombre con camisa azul sostiene un gato blanco y negro.", "es", "azul"),
    ],
)
def test_colour_in_the_place_of_another_is_pointed_at(
    text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, SOURCE, text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"
    assert findings[0].message == f"This says {wrong!r}, the source says 'red'."


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        (SOURCE, "Ein Mann in rotem Hemd hält eine schwarz-weiße Katze.", "de"),
        (SOURCE, "Un homme tient un chat noir et blanc.", "fr"),
        ("A cat.", "Eine graue Katze.", "de"),
        ("A tan dog.", "Un chien beige.", "fr"),
        ("A tan dog.", "Ein brauner Hund.", "de"),
        ("A teal car.", "Ein grünes Auto.", "de"),
        ("A brown dog.", "Ein brauner Hund.", "xx"),
    ],
)
def test_same_colour_a_shade_of_it_and_none_pass(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []


def test_colours_that_changed_places_with_themselves_pass() -> None:
    text = "Eine weiß-schwarze Katze, von einem Mann mit rotem Hemd gehalten."
    assert captions(ID, SOURCE, text, "de") == []
