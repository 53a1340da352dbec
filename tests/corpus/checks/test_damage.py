"""The promises about good and damaged texts, on what the repository itself holds."""

import pytest

from benchmarks import _clean_pairs, checks
from corpus.checks import run
from demonstration import catalogue

PAIRS = [
    *_clean_pairs.demonstration(),
    *_clean_pairs.yes_no(),
    *_clean_pairs.multiple_choice(checks.Random(checks.SEED)),
]
DAMAGES = checks.damages(PAIRS)


@pytest.mark.parametrize("relation", ["translated", "regenerated", "native"])
def test_good_texts_are_left_alone(relation: str) -> None:
    for pair in PAIRS:
        found = run(
            pair.source,
            pair.candidate,
            pair.language,
            relation=relation,
            context=pair.context,
        )
        assert found == [], pair


def test_texts_of_all_kinds_and_languages_are_damaged() -> None:
    assert {pair.source.kind for pair in PAIRS} == set(catalogue.KINDS)
    assert {pair.language for pair in PAIRS} == set(catalogue.LANGUAGES)
    assert len({damage.name for damage in DAMAGES}) == len(DAMAGES) >= 20


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_damage_is_caught(damage: checks.Damage) -> None:
    n, caught = checks.trial(damage, PAIRS)
    assert n >= 5
    assert caught >= checks.LEAST_CAUGHT * n, (caught, n)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_human_translations_are_left_alone(language: str) -> None:
    pairs = _clean_pairs.multi30k(_clean_pairs.folder(), language)
    if not pairs:
        pytest.skip(f"no Multi30K files in {_clean_pairs.folder()}")
    blocked, warned, _, by = checks.alarms(pairs)
    assert blocked < checks.MOST_BLOCKED * len(pairs), by
    assert warned < checks.MOST_WARNED * len(pairs), by


def test_missing_files_are_named(tmp_path, capsys) -> None:
    checks.print_alarms(tmp_path)
    printed = capsys.readouterr().out
    assert f"no files in {tmp_path}" in printed
    assert _clean_pairs.FOLDER_VARIABLE in printed
