from pathlib import Path
from typing import Any

import pytest

from corpus.content import parse
from corpus.record import Record
from corpus.sources.candidates import Trial
from tests.corpus.sources.files import lines

SOURCE = {"question": "Is there a dog?", "key": "Yes", "category": "a"}
RECORD = Record("1", parse("yes_no", SOURCE))


def candidate(**fields: Any) -> dict[str, Any]:
    content = SOURCE | {"question": "Gibt es einen Hund?"}
    return {"key": "1", "language": "de", "content": content} | fields


def trial(folder: Path, *rows: Any, keep: int | None = 20) -> Trial:
    found = Trial(keep=keep)
    with found.of(lines(folder, list(rows))):
        found.put(RECORD)
    return found


def test_good_candidate_passes(tmp_path: Path) -> None:
    found = trial(tmp_path, candidate())
    assert (found.candidates, found.blocked, found.bad) == (1, 0, 0)
    assert found.is_good


def test_languages_of_the_project_are_the_only_ones(tmp_path: Path) -> None:
    found = Trial(languages=("en", "de"))
    with found.of(lines(tmp_path, [candidate(), candidate(language="fr")])):
        found.put(RECORD)
    assert [error.reason for error in found.errors] == ["expected one of en, de"]


def test_several_candidates_of_one_record_are_all_checked(tmp_path: Path) -> None:
    changed = candidate(content=SOURCE | {"question": "¿Hay un perro?", "key": "No"})
    found = trial(tmp_path, candidate(), changed | {"language": "es"})
    assert (found.candidates, found.blocked) == (2, 1)
    assert found.findings["key-changed/1", "block"] == 1
    [example] = [e for e in found.examples if e["check"] == "key-changed/1"]
    assert (example["line"], example["language"], example["field"]) == (2, "es", "key")


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        ("{", "", "not JSON"),
        (candidate(key=1), "key", "expected a text"),
        (
            candidate(key="2"),
            "key",
            "there is no row '2' in the source; its keys look like '1'",
        ),
        (candidate(language="pt"), "language", "expected one of en, fr"),
        (candidate(language=["de"]), "language", "expected one of en, fr"),
        (candidate(content=None), "content", "expected an object"),
        (candidate(content={"caption": "Ein Hund."}), "content", "no such field"),
        (candidate(text="Ein Hund."), "text", "there is no such field"),
    ],
)
def test_bad_line_is_reported_and_the_others_are_checked(
    tmp_path: Path, bad: Any, column: str, reason: str
) -> None:
    found = trial(tmp_path, bad, candidate())
    [error] = found.errors
    assert (error.line, error.column) == (1, column)
    assert reason in error.reason
    assert (found.candidates, found.bad) == (2, 1)
    assert not found.is_good


def test_lists_are_cut_and_counts_are_not(tmp_path: Path) -> None:
    changed = candidate(content=SOURCE | {"key": "No"})
    found = trial(tmp_path, *[changed] * 5, *["{"] * 5, keep=3)
    assert (len(found.examples), len(found.errors)) == (3, 3)
    assert (found.blocked, found.bad) == (5, 5)
    assert found.as_json()["blocked"] == 5
