from corpus.checks.sought import MOST, Sought


def test_part_may_stand_inside_a_word_and_a_word_may_not() -> None:
    text = Sought("a tomcat, états-unis")
    assert "cat" in text
    assert not text.has_word("cat")
    assert text.has_word("unis")
    assert "dog" not in text


def test_text_is_searched_only_so_many_times() -> None:
    text = Sought("a cat")
    assert not any(f"dog {number}" in text for number in range(MOST))
    assert "one dog more" in text
    assert "dog 1" not in text
    assert not any(text.has_word(f"dog {number}") for number in range(MOST))
    assert text.has_word("one dog more")
