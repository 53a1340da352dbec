"""What a release tells its readers: rows by language and split, and what is missing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from corpus.formats.release import Part
from quality.exporting import noting
from quality.exporting.wishes import Wish
from quality.models import Release
from tests.quality.test_exporting import _offline, accepted, people, released

__all__ = ["_offline", "people"]


def test_each_example_counts_once_in_however_many_formats():
    parts = [
        Part("de/train-0.parquet", "de", "train", 3, 9),
        Part("de/train-1.parquet", "de", "train", 2, 9),
        Part("de/test-0.parquet", "de", "test", 1, 9),
        Part("messages/de/train-0.parquet", "de", "train", 5, 9),
        Part("messages/de/test-0.parquet", "de", "test", 1, 9),
    ]
    both = Wish("training", ("de",), ("parquet", "messages"))
    messages = Wish("training", ("de",), ("messages",))
    counts = {("de", "train"): 5, ("de", "test"): 1}
    assert noting.examples(parts, both) == counts
    assert noting.examples(parts[3:], messages) == counts


def test_a_table_of_a_benchmark_is_not_counted_twice():
    parts = [
        Part("pope/de/test-0.parquet", "de", "test", 3, 9),
        Part("vlmevalkit/POPE_de.tsv", "de", "test", 3, 9),
    ]
    found = noting.examples(parts, Wish("benchmark", ("de",)))
    assert found == {("de", "test"): 3}


@pytest.mark.parametrize(
    ("arm", "accepted_in", "note"),
    [
        ("", {}, "French has no rows: nothing that could go out is accepted in it."),
        (
            "multilingual",
            {"de": 2},
            "French has no rows: nothing that could go out is accepted in it.",
        ),
        (
            "multilingual",
            {"de": 2, "fr": 2},
            "French has no rows: there are few items, and the hash of each decides its "
            "language.",
        ),
        (
            "native",
            {"de": 2, "fr": 2},
            "French has no rows: nothing that a person wrote in it is accepted.",
        ),
        ("english", {}, None),
    ],
)
def test_a_language_without_rows_is_told_with_the_reason(arm, accepted_in, note):
    parts = {
        code: {"notes": [], "parts": [made(code)] if code != "fr" else []}
        for code in ("de", "en", "fr")
    }
    wish = Wish("training", ("de", "fr"), ("parquet",), arm=arm)
    assert noting.notes(parts, wish, accepted_in) == ([note] if note else [])


def made(language):
    path = f"{language}/train-0.parquet"
    return {"path": path, "language": language, "split": "train", "rows": 2, "size": 9}


def test_page_card_command_and_api_tell_the_same(project, people, lena, logged_in):
    accepted(project, people)
    release = released(project, languages=["de", "fr"])
    (note,) = release.notes
    assert release.rows == [
        ("en", [("train", 1)]),
        ("de", [("train", 1)]),
        ("fr", []),
    ]
    card = (release.folder / "README.md").read_text()
    assert f"## Worth knowing\n\n- {note}\n" in card
    assert "| de | German | train | 1 |" in card
    assert "language:\n- en\n- de\n" in card
    page = logged_in(lena).get(reverse("releases", args=["demo"])).content.decode()
    assert "German: 1 train" in page
    assert 'French: <span class="muted">none</span>' in page
    assert "1 note on the data" in page
    assert note in page


def test_the_command_tells_rows_and_notes(project, people):
    accepted(project, people)
    out = StringIO()
    call_command("export_dataset", "demo", "training", stdout=out)
    said = out.getvalue()
    assert "rows in German: 1 train" in said
    assert "rows in French: none" in said
    assert "note: French has no rows" in said


def test_a_release_of_an_older_manifest_tells_no_rows():
    assert Release(languages=["de"], manifest={}).rows == []
