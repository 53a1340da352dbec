import pytest

from tests.corpus.checks.findings import captions, choice, found

ID = "not-translated/1"
SOURCE = "A brown dog runs along the beach with John Smith in 1999."


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        SOURCE.upper(),
        "A brown dog runs along the beach with Jean Dupont in 2001",
        "A brown dog runs along the beach, with John Smith.",
    ],
)
def test_english_text_is_warned_of(text: str) -> None:
    [finding] = captions(ID, SOURCE * 2, text * 2)
    assert finding.severity == "warn"
    assert (finding.start, finding.end) == (0, 2 * len(text))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (SOURCE, "Un chien brun court sur la plage avec John Smith en 1999."),
        ("The Eiffel Tower", "The Eiffel Tower"),
        ("Paris, Texas", "Paris, Texas"),
        ("`for x in range(10): print(x)`", "`for x in range(10): print(x)`"),
        ("$a + b = c$ and $d$", "$a + b = c$ and $d$"),
        ("https://example.org/a/long/way", "https://example.org/a/long/way"),
    ],
)
def test_translation_names_and_code_pass(source: str, text: str) -> None:
    assert captions(ID, source, text) == []


def test_short_labels_may_be_the_same() -> None:
    assert found(ID, choice("Orange", "Taxi"), choice("Orange", "Taxi")) == []


def test_english_candidates_are_english() -> None:
    assert captions(ID, SOURCE, SOURCE, "en") == []


def test_only_the_field_that_was_left_is_named() -> None:
    source = choice("a cat on the mat", "a dog in the fog")
    candidate = choice("un chat sur le tapis", "a dog in the fog")
    findings = found(ID, source, candidate, "it")
    # the question of both is "Which?": too short to say anything
    assert [finding.field for finding in findings] == ["option B"]
