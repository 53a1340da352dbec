import pytest

from tests.corpus.checks.findings import captions, choice, found, marked

ID = "directions/1"


@pytest.mark.parametrize(
    ("source", "text", "language", "wrong"),
    [
        ("A tree on the left.", "Un arbre à droite.", "fr", "droite"),
        ("A tree on the left.", "Ein Baum auf der rechten Seite.", "de", "rechten"),
        ("It is above the door.", "È sotto la porta.", "it", "sotto"),
        ("It stands behind it.", "Está delante.", "es", "delante"),
        ("It comes from the north.", "Il vient du sud.", "fr", "sud"),
        ("They sit outside.", "Sie sitzen drinnen.", "de", "drinnen"),
        (
            "Turn it clockwise.",
            "Girar en sentido antihorario.",
            "es",
            "sentido antihorario",
        ),
    ],
)
def test_other_side_is_pointed_at(
    source: str, text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, source, text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("Left and right of it.", "Rechts und links davon.", "de"),
        ("The right answer.", "Die richtige Antwort.", "de"),
        ("A man on top.", "Un homme.", "fr"),
        ("A woman outside a shop.", "Eine Frau vor einem Laden.", "de"),
        ("A tree on the left, in front.", "Un arbre devant.", "fr"),
        ("He is tall.", "Il est grand.", "fr"),
    ],
)
def test_same_side_and_words_left_out_pass(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []


@pytest.mark.parametrize(
    ("options", "language"),
    [("NESO", "fr"), ("NESW", "fr"), ("NOSW", "de"), ("NESO", "it"), ("NESO", "es")],
)
def test_compass_letters_may_stay_or_follow_the_language(
    options: str, language: str
) -> None:
    assert found(ID, choice(*"NESW"), choice(*options), language) == []


def test_german_east_is_no_french_west() -> None:
    [finding] = found(ID, choice(*"NESW"), choice(*"NESO"), "de")[:1]
    assert (finding.field, finding.severity) == ("option B", "warn")
    assert finding.message == "This point of the compass is O in this language."
