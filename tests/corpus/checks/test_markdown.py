import pytest

from tests.corpus.checks.findings import captions, marked

ID = "markdown/1"
SOURCE = "## Parts\n\n- **one**\n- two\n\n| a | b |\n|---|---|\n| c | d |"


def test_same_layout_passes() -> None:
    text = "## Teile\n\n* **eins**\n* zwei\n\n| a | b |\n|---|---|\n| c | d |"
    assert captions(ID, SOURCE, text, "de") == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## ", "", "The source has 1 headings, this text 0."),
        ("- two", "two", "The source has 2 points of lists, this text 1."),
        ("| c | d |", "c d", "The source has 3 rows of tables, this text 2."),
        ("**one**", "one", "The source has 1 bold stretches, this text 0."),
    ],
)
def test_lost_layout_is_warned_of(old: str, new: str, message: str) -> None:
    [finding] = captions(ID, SOURCE, SOURCE.replace(old, new))
    assert (finding.severity, finding.message) == ("warn", message)


def test_part_too_many_is_pointed_at() -> None:
    text = "Ein **roter** Bus"
    assert marked(captions(ID, "A red bus", text, "de"), text) == ["**roter**"]


@pytest.mark.parametrize("text", ["# 8 von Iowa", "1. FC Köln", "5 * 3 * 2", "a - b"])
def test_signs_in_a_sentence_are_no_layout(text: str) -> None:
    assert captions(ID, "A text", text, "de") == []


def test_comments_in_code_are_no_headings() -> None:
    code = "```\n# comment\n```"
    assert captions(ID, "Text", f"Text\n{code}", "de") == []


def test_second_opening_begins_anew() -> None:
    text = "Ein **roter und **blauer** Bus"
    assert marked(captions(ID, "A bus", text, "de"), text) == ["**blauer**"]


def test_point_behind_empty_lines_is_pointed_at_itself() -> None:
    text = "Teile:\n\n  - eins\n\n- zwei"
    assert marked(captions(ID, "Parts: one\n\n- two", text, "de"), text) == ["- z"]
