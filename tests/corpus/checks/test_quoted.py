import pytest

from tests.corpus.checks.findings import captions, choice, found, marked

ID = "quoted/1"
SIGN = 'The sign reads "no entry" in red.'


def test_translated_sign_is_pointed_at() -> None:
    text = "Auf dem Schild steht „kein Zutritt“ in Rot."
    findings = captions(ID, SIGN, text, "de")
    assert marked(findings, text) == ["„kein Zutritt“"]
    assert findings[0].severity == "warn"
    assert findings[0].message == "The source quotes 'no entry' here."


def test_lost_sign_is_warned_of() -> None:
    [finding] = captions(ID, SIGN, "Ein rotes Schild.", "de")
    assert finding.start is None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (SIGN, "Sur le panneau, on lit « no entry » en rouge."),
        (SIGN, "Sur le panneau, on lit NO ENTRY (entrée interdite) en rouge."),
        ('They do a "high five".', "Ils se tapent dans la main."),
        ("The dog's owner and the cats' owner", "Les maîtres"),
        ('Type `print("no entry")`.', 'Tapez `print("x")`.'),
    ],
)
def test_kept_signs_and_ways_of_speaking_pass(source: str, text: str) -> None:
    assert captions(ID, source, text) == []


@pytest.mark.parametrize("quotation", ["OPEN", "Main Street", "1984"])
def test_names_and_numbers_are_visible_words(quotation: str) -> None:
    findings = captions(ID, f'A wall with "{quotation}".', "Un mur.")
    assert [finding.check for finding in findings] == [ID]


def test_option_that_is_a_letter_of_the_picture_is_blocked() -> None:
    [finding] = found(ID, choice("X", "Y", "none"), choice("X", "Z", "aucun"))
    assert (finding.severity, finding.field) == ("block", "option B")
    assert finding.message == "Y stands in the picture and stays as it is."


def test_option_of_two_signs_is_warned_of() -> None:
    [finding] = found(ID, choice("Q1", "Q2"), choice("T1", "Q2"))
    assert (finding.severity, finding.field) == ("warn", "option A")


def test_labels_of_the_picture_stay() -> None:
    source, candidate = choice("stem", "leaf"), choice("tige", "feuille")
    assert found(ID, source, candidate) == []
    [finding] = found(ID, source, candidate, labels=["leaf"])
    assert (finding.severity, finding.field) == ("warn", "option B")


def test_points_of_the_compass_are_another_check() -> None:
    assert found(ID, choice(*"NESW"), choice(*"NESO")) == []
