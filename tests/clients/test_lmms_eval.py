"""lmms-eval itself runs the tasks shipped with releases of the samples, and its scores
are what they should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.formats.lmms_eval_tasks import FOLDER
from corpus.languages import NAMES
from tests.clients.environment import run
from tests.corpus.formats.test_lmms_eval_tasks import FULL_MARKS, released
from tests.corpus.formats.untouched import PARQUET, in_all_languages

pytestmark = [pytest.mark.clients, pytest.mark.slow]

PROGRAM = Path(__file__).parent / "programs" / "answer_tasks.py"


def test_gold_has_full_marks_and_wrong_none_in_five_languages(tmp_path: Path) -> None:
    release, out = tmp_path / "release", tmp_path / "scores.json"
    tasks = sorted(
        task
        for name in PARQUET
        for task in released(release, name, in_all_languages(name, tmp_path))
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(PROGRAM, str(release / FOLDER), str(out), cwd=elsewhere, cache=tmp_path / "c")
    found = json.loads(out.read_text())
    assert len(tasks) == len(PARQUET) * len(NAMES) == 25
    for answer in ("native", "english"):
        assert sorted(found[answer]) == tasks
        for task, scores in found[answer].items():
            assert scores == {name: FULL_MARKS[name] for name in scores}, task
            assert "accuracy" in scores
    for answer in ("wrong", "silent"):
        assert sorted(found[answer]) == tasks
        for task, scores in found[answer].items():
            assert set(scores.values()) == {0}, task


def test_command_of_the_readme_runs_in_the_folder_of_the_release(
    tmp_path: Path,
) -> None:
    release = tmp_path / "release"
    released(release, "ai2d", in_all_languages("ai2d", tmp_path))
    arguments = ["--include_path", FOLDER, "--tasks", "multiai2d_test_fr"]
    arguments += ["--model", "dummy", "--model_args", "response=C"]
    said = run("lmms_eval", *arguments, cwd=release, cache=tmp_path / "c")
    assert "multiai2d_test_fr" in said
    # two of the three items have the key C
    assert "0.6667" in said
