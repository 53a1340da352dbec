import pytest

from corpus.checks.dates import days
from tests.corpus.checks.findings import captions, marked

ID = "dates/1"


def read(text: str, language: str) -> list[list[tuple[int, int]]]:
    return [sorted(day.values) for day in days(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("March 5, 2020", "en", [[(5, 3)]]),
        ("the 5th of March", "en", [[(5, 3)]]),
        ("3/5/2020", "en", [[(3, 5), (5, 3)]]),
        ("3/5/2020", "fr", [[(3, 5)]]),
        ("5. März", "de", [[(5, 3)]]),
        ("5.3.2020", "de", [[(5, 3)]]),
        ("el 5 de marzo", "es", [[(5, 3)]]),
        ("31/12/99", "it", [[(31, 12)]]),
        ("1.2.3 and March 2020", "en", []),
    ],
)
def test_day_and_month_are_read(
    text: str, language: str, found: list[list[tuple[int, int]]]
) -> None:
    assert read(text, language) == found


@pytest.mark.parametrize(
    ("source", "text", "language", "wrong"),
    [
        ("on Tuesday", "am Donnerstag", "de", "Donnerstag"),
        ("in August", "en juillet", "fr", "juillet"),
        ("March 5, 2020", "3.5.2020", "de", "3.5.2020"),
    ],
)
def test_other_day_month_or_date_is_pointed_at(
    source: str, text: str, language: str, wrong: str
) -> None:
    findings = captions(ID, source, text, language)
    assert marked(findings, text) == [wrong]
    assert findings[0].severity == "warn"


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("on Mondays", "lundi", "fr"),
        ("March 5, 2020", "5.3.2020", "de"),
        ("3/5/2020", "3/5/2020", "fr"),
        ("3/5/2020", "5.3.2020", "de"),
        ("They may march.", "Sie gehen im Mai.", "de"),
        ("May 1st", "1er mai", "fr"),
    ],
)
def test_same_date_in_the_manner_of_the_language_passes(
    source: str, text: str, language: str
) -> None:
    assert captions(ID, source, text, language) == []
