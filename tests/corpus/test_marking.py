"""What a marked error must hold, and where its words stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from corpus.content import Caption, parse
from corpus.marking import CATEGORIES, MAX_MARKS, SEVERITIES, Mark, found, why_none

SOURCE = Caption("A red bus and a 🚌 wait.")
CANDIDATE = Caption("Ein 🚌 und ein roter Bus.\r\nEin Bus.")
MARK = Mark("candidate", "caption", 4, 5, "🚌", "count", "minor")


def why(**changes: Any) -> str | None:
    return why_none([replace(MARK, **changes)], SOURCE, CANDIDATE)


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("🚌🚌", "🚌", [(0, 1), (1, 2)]),
        ("aaa", "aa", [(0, 2), (1, 3)]),
        ("a\r\nb\rb", "b", [(3, 4), (5, 6)]),
        ("a\r\nb", "a\nb", [(0, 4)]),
        ("a.b", "a?b", []),
        ("(a", "(a", [(0, 2)]),
        ("a", "", []),
    ],
)
def test_words_are_found_by_code_points_whatever_ends_a_line(text, words, places):
    assert found(text, words) == places


def test_the_codes_are_told_apart_and_fit_their_columns():
    codes = [each.code for each in (*CATEGORIES, *SEVERITIES)]
    assert len(set(codes)) == len(codes)
    assert max(len(code) for code in codes) <= 20


def test_a_mark_counts_code_points():
    assert why() is None


def test_what_is_missing_is_marked_in_the_source():
    omission = Mark("source", "caption", 2, 5, "red", "omission", "critical")
    assert why_none([omission, MARK], SOURCE, CANDIDATE) is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"category": "style"}, "choose one of the categories"),
        ({"severity": "fatal"}, "choose one of the severities"),
        ({"field": "question"}, "there is no “question” in the candidate"),
        ({"side": "reference"}, "there is no “caption” in the candidate"),
        ({"category": "omission"}, "marked in the source, as an omission"),
        ({"side": "source"}, "marked in the source, as an omission"),
        ({"start": 5}, "does not lie inside the text"),
        ({"start": -2, "end": -1, "words": "s"}, "does not lie inside the text"),
        ({"end": 400}, "does not lie inside the text"),
        ({"words": "Bus"}, "other words stand at that place"),
        ({"start": 3, "end": 4, "words": " "}, "blanks alone"),
        ({"region": (0.1, 0.1, 0.2)}, "a region is four numbers"),
        ({"region": (float("nan"), 0.1, 0.2, 0.2)}, "a region is four numbers"),
        ({"region": (0.5, 0.1, 0.6, 0.2)}, "lie inside the image"),
        ({"region": (-0.1, 0.1, 0.6, 0.2)}, "lie inside the image"),
        ({"region": (0.1, 0.1, 0.0, 0.2)}, "must have a width"),
    ],
)
def test_a_mark_that_breaks_a_rule_is_named_with_the_reason(changes, sentence):
    assert sentence in str(why(**changes))


def test_a_region_may_reach_every_edge():
    assert why(region=(0.9, 0, 0.1, 1)) is None
    assert why(region=(0.33334, 0.7, 0.66666, 0.3)) is None


def test_one_error_is_marked_once_but_may_be_of_two_kinds():
    other = replace(MARK, category="object")
    assert why_none([MARK, other], SOURCE, CANDIDATE) is None
    twice = why_none([MARK, replace(MARK, severity="major")], SOURCE, CANDIDATE)
    assert "marked twice" in str(twice)


def test_an_answer_holds_so_many_marks_and_no_more():
    text = parse("caption", {"caption": "a" * (MAX_MARKS + 1)})
    marks = [
        Mark("candidate", "caption", n, n + 1, "a", "grammar", "minor")
        for n in range(MAX_MARKS + 1)
    ]
    assert why_none(marks[1:], text, text) is None
    assert f"at most {MAX_MARKS}" in str(why_none(marks, text, text))
