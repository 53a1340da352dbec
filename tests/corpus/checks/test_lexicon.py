import pytest

from corpus.checks.lexicon import Lexicon
from corpus.checks.words.calendar import MONTH_NAMES_EN
from corpus.checks.words.colours import COLOURS
from corpus.checks.words.directions import DIRECTIONS

SIZES = Lexicon(
    {
        "en": {"big": "big, large", "high": "tall, high, up high"},
        "es": {"big": "grande, gord~"},
    }
)


def said(lexicon: Lexicon, text: str, language: str) -> list[tuple[str, list[str]]]:
    return [(w.text, sorted(w.values)) for w in lexicon.find(text, language)]


def test_endings_of_the_language_are_found_and_parts_of_words_are_not() -> None:
    words = said(SIZES, "Gordas, gordo; gordito.", "es")
    assert words == [("Gordas", ["big"]), ("gordo", ["big"])]


def test_several_words_count_once() -> None:
    assert said(SIZES, "Up high, then high.", "en") == [
        ("Up high", ["high"]),
        ("high", ["high"]),
    ]


def test_places_are_those_of_the_text() -> None:
    text = "A large dog"
    [word] = SIZES.find(text, "en")
    assert text[word.start : word.end] == word.text == "large"


def test_unknown_language_has_no_words() -> None:
    assert SIZES.find("big", "xx") == ()


def test_cased_words_need_their_capital() -> None:
    words = MONTH_NAMES_EN.find("They may march in March and May.", "en")
    assert [word.text for word in words] == ["March", "May"]


@pytest.mark.parametrize(
    ("text", "language", "colours"),
    [
        ("ein dunkelroter Schal", "de", [["red"]]),
        ("ein rotbraunes Pferd", "de", [["brown", "red"]]),
        ("schwarz-weiße Katzen", "de", [["black"], ["white"]]),
        ("Brot und Karotten trotzdem", "de", []),
        ("une robe d'un bleu-vert", "fr", [["blue"], ["green"]]),
        ("las camisas rojas", "es", [["red"]]),
        ("le magliette bianche", "it", [["white"]]),
        ("a TAN jacket", "en", [["brown", "white"]]),
    ],
)
def test_colours_are_found(text: str, language: str, colours: list[list[str]]) -> None:
    found = [sorted(word.values) for word in COLOURS.find(text, language)]
    assert found == colours


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il est grand.", "fr"),
        ("este perro", "es"),
        ("unter Leuten", "de"),
        ("a high tower", "en"),
    ],
)
def test_words_that_mean_something_else_are_no_directions(
    text: str, language: str
) -> None:
    assert DIRECTIONS.find(text, language) == ()


@pytest.mark.parametrize("lexicon", [COLOURS, DIRECTIONS])
@pytest.mark.parametrize("language", ["en", "fr", "de", "it", "es"])
def test_languages_have_the_same_meanings(lexicon: Lexicon, language: str) -> None:
    def meanings(code: str) -> set[str]:
        return {m for values in lexicon._values[code].values() for m in values}

    assert meanings(language) == meanings("en")
