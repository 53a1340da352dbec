"""A row of the form says words; the mark knows where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.span_forms import BLANK_ROWS, rows
from corpus.marking import MAX_MARKS
from tests import factories

TEXT = "Ein Bus, noch ein Bus.\r\nUnd ein dritter Bus."


@pytest.fixture
def candidate(project):
    item = factories.make_item(project)
    return factories.make_candidate(item, content={"caption": TEXT})


def typed(number: int = 0, **changes: Any) -> dict[str, str]:
    row = {
        "place": "candidate:caption",
        "words": "Bus",
        "nth": "1",
        "category": "count",
        "severity": "minor",
        "x": "",
        "y": "",
        "width": "",
        "height": "",
    }
    said = row | changes
    return {f"span-{number}-{name}": value for name, value in said.items()}


def first_of(candidate, **changes: Any):
    return rows(candidate, typed(**changes))[0]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, (4, 7)),
        ({"nth": ""}, (4, 7)),
        ({"nth": "3"}, (40, 43)),
        ({"words": " Bus.\r\nUnd "}, (18, 27)),
        ({"words": "Bus.\nUnd"}, (18, 27)),
    ],
)
def test_words_are_located_in_the_text(candidate, changes, where):
    row = first_of(candidate, **changes)
    assert row.is_valid(), row.errors
    assert row.mark is not None
    assert (row.mark.start, row.mark.end) == where
    assert row.mark.words == TEXT[where[0] : where[1]]


def test_a_region_is_typed_in_percent(candidate):
    row = first_of(candidate, x="12.5", y="0", width="87.5", height="100")
    assert row.is_valid(), row.errors
    assert row.mark is not None
    assert row.mark.region == (0.125, 0.0, 0.875, 1.0)


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"words": " "}, "words", "Say which words are wrong, as the text has them."),
        (
            {"words": "bus"},
            "words",
            "The text does not have these words. Copy them from it.",
        ),
        ({"nth": "4"}, "words", "The text has these words 3 times, no more."),
        ({"category": ""}, "category", "Choose one."),
        ({"severity": ""}, "severity", "Choose one."),
        (
            {"category": "omission"},
            "__all__",
            "What is missing is marked in the source, as an omission; every other "
            "error in the candidate.",
        ),
        ({"x": "10"}, "x", "Give all four numbers of the region, or none."),
        (
            {"x": "60", "y": "0", "width": "50", "height": "9"},
            "__all__",
            "Its region must have a width and a height, and lie inside the image.",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_it(candidate, changes, name, sentence):
    row = first_of(candidate, **changes)
    assert row.errors == {name: [sentence]}
    assert row.mark is None


def test_a_row_that_was_left_empty_is_no_error(candidate):
    row = first_of(candidate, words="", category="", severity="")
    assert row.is_valid()
    assert row.mark is None


def test_there_are_always_some_rows_to_fill_in(candidate):
    assert len(rows(candidate)) == BLANK_ROWS
    empty = typed(2, words="", category="", severity="")
    sent = rows(candidate, typed(0) | typed(1) | empty)
    assert [row.prefix for row in sent] == [f"span-{n}" for n in range(5)]
    full = [typed(n, nth="1") for n in range(MAX_MARKS)]
    assert len(rows(candidate, {k: v for row in full for k, v in row.items()})) == 40


def test_a_correction_begins_with_the_marks_as_they_were_typed(candidate, ana):
    first = first_of(candidate, nth="2", x="10", y="20", width="30", height="40")
    assert first.is_valid()
    judgment = factories.judged(candidate, ana, spans=[first.mark])
    row = rows(candidate, corrects=judgment)[0]
    shown = {f"span-0-{name}": str(row[name].value()) for name in row.fields}
    again = rows(candidate, shown)[0]
    assert again.is_valid(), again.errors
    assert again.mark == first.mark
