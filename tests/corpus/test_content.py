import json
from typing import Any

import pytest
from hypothesis import given

from corpus import content
from corpus.content import (
    KINDS,
    MAX_CHARACTERS,
    Caption,
    Content,
    ContentError,
    MultipleChoice,
    digest,
    dump,
    normalised,
    parse,
    restore,
)
from tests.corpus.contents import contents

CHOICE = {"question": "Which?", "options": ["red", "blue"], "key": "B"}


@given(contents)
def test_content_survives_dump_json_and_parse(made: Content) -> None:
    again = parse(made.kind, json.loads(json.dumps(dump(made))))
    assert again == made
    assert digest(again) == digest(made)


@given(contents)
def test_every_readable_part_is_named_once_and_not_blank(made: Content) -> None:
    names = [name for name, _ in made.texts()]
    assert names
    assert len(names) == len(set(names))
    assert all(isinstance(text, str) for _, text in made.texts())


@given(contents, contents)
def test_digests_are_equal_exactly_for_equal_contents(a: Content, b: Content) -> None:
    assert (digest(a) == digest(b)) == (a == b)


def test_kinds_are_the_five_of_the_glossary() -> None:
    assert set(KINDS) == set(content.CLASSES)
    assert len(KINDS) == 5


def test_text_of_a_source_is_kept_as_it_is() -> None:
    apart = "cafe\u0301"
    assert parse("caption", {"caption": apart}) == Caption(apart)


def test_normalised_puts_accents_on_their_letters_everywhere() -> None:
    apart, whole = "cafe\u0301", "caf\u00e9"
    data = {"question": apart, "turns": [{"answer": apart}], "n": 3, "none": None}
    expected = {"question": whole, "turns": [{"answer": whole}], "n": 3, "none": None}
    assert normalised(data) == expected


def test_digest_depends_on_the_kind() -> None:
    # fixed: stored digests must not move under a later version of the code
    found = digest(Caption("A cat."))
    assert found == "364cb2461421c962e8f8ee3611716b9dd6912e1e2f3d07b0b702ffcd05840d80"
    assert digest(parse("yes_no", {"question": "A cat.", "key": "Yes"})) != found


def test_blank_optional_fields_are_kept_as_nothing() -> None:
    made = parse("multiple_choice", {**CHOICE, "hint": None})
    assert isinstance(made, MultipleChoice)
    assert made.hint == ""
    assert "hint" not in dict(made.texts())


def test_texts_of_a_choice_come_in_reading_order() -> None:
    made = parse("multiple_choice", {**CHOICE, "hint": "Look left."})
    assert list(made.texts()) == [
        ("hint", "Look left."),
        ("question", "Which?"),
        ("option A", "red"),
        ("option B", "blue"),
    ]


def test_texts_of_a_conversation_carry_the_turn_number() -> None:
    turns = [
        {"question": "How many?", "answer": "2", "explanation": "Counted."},
        {"question": "Why?", "answer": "So."},
    ]
    names = [name for name, _ in parse("conversation", {"turns": turns}).texts()]
    assert names == [
        "question 1",
        "explanation 1",
        "answer 1",
        "question 2",
        "answer 2",
    ]


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("poem", {}, "kind: 'poem' is none of caption"),
        ("caption", None, "expected an object, got NoneType"),
        ("caption", ["A cat."], "expected an object, got list"),
        ("caption", {}, "caption: expected text, got NoneType"),
        ("caption", {"caption": 7}, "caption: expected text, got int"),
        ("caption", {"caption": " \n\t"}, "caption: is empty"),
        ("caption", {"caption": "a\x00b"}, "caption: holds a NUL character"),
        ("caption", {"caption": "\ud800"}, "caption: holds half a surrogate pair"),
        ("caption", {"caption": "x" * (MAX_CHARACTERS + 1)}, "longer than 20,000"),
        ("caption", {"caption": "A", "title": "B"}, "title: no such field"),
        ("question_answer", {"question": "Who?"}, "answer: expected text"),
        ("conversation", {"turns": []}, "turns: expected a list of at least one"),
        ("conversation", {"turns": "x"}, "turns: expected a list"),
        ("conversation", {"turns": ["x"]}, "turn 1: expected an object, got str"),
        ("conversation", {"turns": [{"question": "Q"}]}, "turn 1: answer: expected"),
        ("multiple_choice", {**CHOICE, "options": ["one"]}, "a list of 2 to 26"),
        ("multiple_choice", {**CHOICE, "options": ["x"] * 27}, "a list of 2 to 26"),
        ("multiple_choice", {**CHOICE, "options": ["x", " "]}, "option B: is empty"),
        ("multiple_choice", {**CHOICE, "key": "C"}, "a letter from A to B, got 'C'"),
        ("multiple_choice", {**CHOICE, "key": "b"}, "a letter from A to B, got 'b'"),
        ("multiple_choice", {**CHOICE, "key": ["A"]}, "a letter from A to B"),
        ("yes_no", {"question": "Red?", "key": "yes"}, "expected Yes or No, got 'yes'"),
        ("yes_no", {"question": "Red?", "key": "Oui"}, "expected Yes or No, got 'Oui'"),
    ],
)
def test_parse_refuses_nonsense_by_name(kind: str, value: Any, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        parse(kind, value)


def test_longest_text_allowed_is_allowed() -> None:
    made = parse("caption", {"caption": "x" * MAX_CHARACTERS})
    assert isinstance(made, Caption)


@given(contents)
def test_restore_gives_back_what_was_dumped(made: Content) -> None:
    assert restore(made.kind, dump(made)) == made
