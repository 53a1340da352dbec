from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.content import KINDS, YesNo, parse
from demonstration import catalogue
from demonstration.catalogue import LANGUAGES, CatalogueError, Item, load

ITEMS = load()


def named(name: str) -> Item:
    (found,) = [item for item in ITEMS if item.name == name]
    return found


def test_there_are_at_least_24_items_and_4_of_each_kind() -> None:
    counts = Counter(item.kind for item in ITEMS)
    assert len(ITEMS) >= 24
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 4


def test_every_item_has_a_candidate_in_each_language_in_one_order() -> None:
    assert LANGUAGES == ("fr", "de", "it", "es")
    assert {tuple(item.candidates) for item in ITEMS} == {LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_thirds_are_good_and_each_sort_of_fault_occurs(language: str) -> None:
    counts = Counter(item.candidates[language].quality for item in ITEMS)
    shares = {quality: count / len(ITEMS) for quality, count in counts.items()}
    assert 0.6 <= shares["good"] <= 0.7
    assert 0.15 <= shares["slight"] <= 0.25
    assert 0.1 <= shares["wrong"] <= 0.2


def test_no_text_is_given_twice_within_a_language() -> None:
    for language in LANGUAGES:
        raw = [item.candidates[language].raw_output for item in ITEMS]
        assert len(set(raw)) == len(raw)


def test_two_or_three_candidates_are_blocked_and_all_of_them_are_wrong() -> None:
    made = [candidate for item in ITEMS for candidate in item.candidates.values()]
    blocked = [candidate for candidate in made if candidate.is_blocked]
    assert 2 <= len(blocked) <= 3
    assert {candidate.expected for candidate in blocked} == {"reject"}


def test_yes_no_items_come_in_pairs_of_one_yes_and_one_no() -> None:
    groups: dict[str, list[Item]] = {}
    for item in ITEMS:
        if item.kind == "yes_no":
            groups.setdefault(item.group, []).append(item)
    assert len(groups) >= 3
    for pair in groups.values():
        assert sorted(item.source["key"] for item in pair) == ["No", "Yes"]
        assert len({item.picture for item in pair}) == 1
        assert len({item.source["question"] for item in pair}) == 2


def test_names_are_unique_and_faults_carry_a_reason_in_english() -> None:
    assert len({(item.kind, item.name) for item in ITEMS}) == len(ITEMS)
    for item in ITEMS:
        for candidate in item.candidates.values():
            assert candidate.why.endswith(".")
            assert (candidate.why == catalogue.FAITHFUL) == (
                candidate.quality == "good"
            )


def test_french_marks_stand_after_a_narrow_blank() -> None:
    for item in ITEMS:
        text = item.candidates["fr"].raw_output
        for mark in "?!;%":
            assert f" {mark}" not in text, item.name


def written(folder: Path, kind: str, **changed: Any) -> None:
    for name in KINDS:
        (folder / f"{name}.json").write_text("[]")
    candidate = {"quality": "good", "text": "Oui ?"}
    row = {
        "name": "cat",
        "picture": "cat.png",
        "source": {"question": "Is it a cat?", "key": "Yes"},
        "candidates": dict.fromkeys(LANGUAGES, candidate),
    }
    (folder / f"{kind}.json").write_text(json.dumps([row | changed]))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"source": {"question": "?", "key": "yes"}}, "yes_no cat: key: expected Yes"),
        ({"candidates": {}}, "yes_no cat: candidates in "),
        (
            {
                "candidates": dict.fromkeys(
                    LANGUAGES, {"quality": "fine", "text": "x", "why": "y"}
                )
            },
            "yes_no cat fr: quality 'fine'",
        ),
        (
            {
                "candidates": dict.fromkeys(
                    LANGUAGES, {"quality": "slight", "text": "x"}
                )
            },
            "a fault has a reason",
        ),
    ],
)
def test_a_bad_text_file_is_refused_by_item(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, Any],
    reason: str,
) -> None:
    monkeypatch.setattr(catalogue, "TEXTS", tmp_path)
    written(tmp_path, "yes_no", **changed)
    with pytest.raises(CatalogueError, match=reason):
        load()


def test_sources_are_content_of_their_kind() -> None:
    carla = parse("yes_no", dict(named("carla_david").source))
    assert carla == YesNo("Did Carla read more books than David?", "Yes", "count")
