import pytest

from corpus.checks.proper_names import abbreviations, names
from tests.corpus.checks.findings import captions

ID = "names/1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was painted by Clara Whitfield in Rome.", ["Clara Whitfield"]),
        ("In the Museum of Modern Art hangs it.", ["Museum of Modern Art"]),
        ("Near St. John it rains.", ["St. John"]),
        ("Two Boston Terriers run.", ["Boston Terriers"]),
        ("Young Asian woman.", []),
        ("He is at the Harbour. Boats lie there.", []),
        ("All The Words Of This Headline", []),
        ('The sign says "Main Street".', []),
    ],
)
def test_names_of_several_words_are_found(text: str, found: list[str]) -> None:
    read = list(names(text))
    assert [name.text for name in read] == found
    assert [text[name.start : name.end] for name in read] == found


def test_abbreviations_are_found_outside_of_capitals() -> None:
    assert [
        name.text for name in abbreviations("Both NASA and ESA have a place at A1.")
    ] == [
        "NASA",
        "ESA",
    ]
    assert list(abbreviations("ALL IN CAPITALS")) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It was painted by Clara Whitfield.", "Gemalt von Nora Beckett."),
        ("It belongs to NASA today.", "Heute gehört es der ESA."),
    ],
)
def test_lost_name_is_warned_of(source: str, text: str) -> None:
    [finding] = captions(ID, source, text, "de")
    assert finding.severity == "warn"
    assert finding.message.endswith("of the source is missing here.")


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("It was painted by Clara Whitfield.", "Von Clara Whitfield gemalt.", "de"),
        ("Near the Golden Gate Bridge.", "Près du pont du Golden Gate.", "fr"),
        ("Flag of the United States.", "Le drapeau des États-Unis.", "fr"),
        ("They watch TV.", "Sie sehen fern: ein Fernseher.", "de"),
        ("Its DNA is here.", "Su ADN está aquí.", "es"),
        ("In the North Sea Harbour.", "Im Nordsea-Hafen.", "de"),
    ],
)
def test_kept_names_and_their_translations_pass(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []
