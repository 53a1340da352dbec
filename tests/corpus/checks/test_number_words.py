import pytest

from corpus.checks.number_words import WORDS, spelled_out
from corpus.languages import NAMES


def test_every_language_counts_to_twenty() -> None:
    assert set(WORDS) == set(NAMES)
    for words in WORDS.values():
        assert set(words.values()) == set(range(21))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Three cats, TWO dogs", "en", {2, 3}),
        ("dix-sept personnes", "fr", {10, 7, 17}),
        ("la deuxième fois", "fr", {2}),
        ("zum dritten Mal, mit fünf", "de", {3, 5}),
        ("la seconda e la terza", "it", {2, 3}),
        ("dieciséis años", "es", {16}),
        ("dieciseis años", "es", set()),
        ("three", "xx", set()),
        ("", "en", set()),
    ],
)
def test_number_words_are_found(text: str, language: str, expected: set[int]) -> None:
    assert spelled_out(text, language) == expected


def test_word_with_its_accent_apart_is_the_same_word() -> None:
    assert spelled_out("ze\u0301ro", "fr") == {0}
