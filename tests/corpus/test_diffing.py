import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.diffing import MOST_TOKENS, Segment, diff, share_changed, tokens

words = st.lists(
    st.sampled_from(["a", "red", "ball", " ", "  ", ",", ".", "été", "e\u0301", "\n"]),
    max_size=30,
).map("".join)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FRANCE, ITALY = "\U0001f1eb\U0001f1f7", "\U0001f1ee\U0001f1f9"


def joined(segments: list[Segment], *kinds: str) -> str:
    return "".join(segment.text for segment in segments if segment.kind in kinds)


@given(words, words)
def test_segments_give_both_texts_back(before: str, after: str) -> None:
    segments = diff(before, after)
    assert joined(segments, "same", "del") == before
    assert joined(segments, "same", "ins") == after


@given(st.text(), st.text())
def test_any_two_texts_are_given_back(before: str, after: str) -> None:
    segments = diff(before, after)
    assert joined(segments, "same", "del") == before
    assert joined(segments, "same", "ins") == after
    assert all(segment.text for segment in segments)


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(words)
def test_equal_texts_are_one_segment(text: str) -> None:
    assert diff(text, text) == ([Segment("same", text)] if text else [])


def test_word_is_replaced_as_a_whole() -> None:
    assert diff("Le chat noir.", "Le chien noir.") == [
        Segment("same", "Le "),
        Segment("del", "chat"),
        Segment("ins", "chien"),
        Segment("same", " noir."),
    ]


def test_word_is_added_with_its_blank() -> None:
    segments = diff("un chat", "un gros chat")
    assert joined(segments, "del") == ""
    assert joined(segments, "ins").strip() == "gros"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
        ("a" + FAMILY + "b", ["a", FAMILY, "b"]),
        (FRANCE + ITALY, [FRANCE, ITALY]),
        ("\U0001f44d\U0001f3fd!", ["\U0001f44d\U0001f3fd", "!"]),
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("snake_case", ["snake_case"]),
        ("", []),
    ],
)
def test_what_reads_as_one_sign_stays_whole(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_changed_accent_replaces_the_letter_under_it() -> None:
    segments = diff("ou\u0300", "ou")
    assert [segment.text for segment in segments] == ["ou\u0300", "ou"]


def test_longest_captions_are_compared_in_good_time() -> None:
    before = "the cat, the dog and the sun. " * 650
    after = "le chat, le chien et le soleil. " * 620
    start = time.process_time()
    segments = diff(before, after)
    assert joined(segments, "same", "ins") == after
    assert time.process_time() - start < 5


def test_change_in_a_very_long_text_is_shown_alone() -> None:
    text = "A cat sat. " * MOST_TOKENS
    assert diff(f"{text}old {text}", f"{text}new {text}") == [
        Segment("same", text),
        Segment("del", "old"),
        Segment("ins", "new"),
        Segment("same", f" {text}"),
    ]


def test_sentences_between_two_far_changes_stay() -> None:
    middle = "".join(f"Cat {n} sat by the wall." for n in range(MOST_TOKENS // 10))
    segments = diff(f"Old start. {middle} Old end.", f"New start. {middle} New end.")
    assert max(segments, key=lambda segment: len(segment.text)).kind == "same"
    assert joined(segments, "same", "del") == f"Old start. {middle} Old end."
    assert joined(segments, "same", "ins") == f"New start. {middle} New end."


@pytest.mark.parametrize(
    ("texts", "share"),
    [
        ([], 0),
        ([("", "")], 0),
        ([("a cat", "a cat")], 0),
        ([("cat", "dogs")], 1),
        ([("", "cat")], 1),
        ([("a cat", "a")], 4 / 5),
        ([("a cat", "a dog"), ("same", "same")], 3 / 9),
    ],
)
def test_share_of_the_characters_that_an_edit_changed(
    texts: list[tuple[str, str]], share: float
) -> None:
    assert share_changed(texts) == pytest.approx(share)


@pytest.mark.parametrize("mark", [" ", "."])
def test_long_texts_without_anything_in_common_end_soon(mark: str) -> None:
    old = mark.join(f"a{n % 60}" for n in range(MOST_TOKENS * 3))
    new = mark.join(f"a{n * n % 61}" for n in range(MOST_TOKENS * 3))
    start = time.process_time()
    segments = diff(old, new)
    assert time.process_time() - start < 60 * _read_once(old)
    assert joined(segments, "same", "del") == old
    assert joined(segments, "same", "ins") == new


def _read_once(text: str) -> float:
    start = time.process_time()
    tokens(text)
    return time.process_time() - start
