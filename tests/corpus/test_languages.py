from corpus.languages import NAMES, YES_NO_WORDS


def test_every_language_has_its_yes_and_no() -> None:
    assert set(YES_NO_WORDS) == set(NAMES)
    assert all(yes != no for yes, no in YES_NO_WORDS.values())


def test_english_words_are_the_ones_scorers_compare_with() -> None:
    assert YES_NO_WORDS["en"] == ("Yes", "No")
