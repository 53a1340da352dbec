import pytest

from corpus.checks.clock import times
from tests.corpus.checks.findings import captions, marked

ID = "times/1"


def minutes(text: str, half_open: bool = False) -> list[list[int]]:
    return [sorted(time.values) for time in times(text, half_open=half_open)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3:30 pm", [[930]]),
        ("3 p.m.", [[900]]),
        ("12:05 am", [[5]]),
        ("12 pm", [[720]]),
        ("15 h 30", [[930]]),
        ("à 9h", [[540]]),
        ("15.30 Uhr", [[930]]),
        ("um 7 Uhr abends", [[1140]]),
        ("a las 3:30 de la tarde", [[930]]),
        ("alle 3:30 di mattina", [[210]]),
        ("24:00", [[0]]),
        ("1:2, 3.30, 5 cats, 10:75", []),
    ],
)
def test_times_are_read_in_minutes(text: str, found: list[list[int]]) -> None:
    assert minutes(text) == found


def test_bare_time_leaves_the_half_of_the_day_open_where_that_is_usual() -> None:
    assert minutes("3:30", half_open=True) == [[210, 930]]
    assert minutes("15:30", half_open=True) == [[930]]


@pytest.mark.parametrize(
    ("source", "text", "language", "wrong"),
    [
        ("at 3:30 pm", "um 3:30 Uhr", "de", "3:30"),
        ("at 10:15", "à 11 h 15", "fr", "11 h 15"),
        ("at 7 am", "um 7 Uhr abends", "de", "7"),
    ],
)
def test_moved_time_is_pointed_at(
    source: str, text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, source, text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("at 3:30 pm", "à 15 h 30", "fr"),
        ("at 3:30", "um 15:30 Uhr", "de"),
        ("at 3:30 pm", "a las 3:30 de la tarde", "es"),
        ("at 12 pm", "à midi", "fr"),
        ("10:00 to 17:30", "dalle 10:00 alle 17:30", "it"),
        ("no time", "um 3 Uhr", "de"),
    ],
)
def test_same_time_in_the_manner_of_the_language_passes(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []
