import importlib.util
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
import yaml

from corpus.content import LETTERS
from corpus.formats import benchmark_parquet, lmms_eval_tasks
from corpus.formats.benchmark_rows import Rows
from corpus.formats.lmms_eval_tasks import FOLDER, SCORER
from corpus.formats.release import ReleaseError
from corpus.formats.vlmevalkit_names import Scoring, table_name
from corpus.languages import YES_NO_WORDS
from corpus.record import ReleaseItem
from tests.corpus.benchmark_releases import LANGUAGES, MAKERS, benchmark

SCORINGS: dict[str, Scoring] = {"mmbench": "circular", "mme": "mme", "pope": "pope"}
FULL_MARKS = {
    "accuracy": 1,
    "circular_accuracy": 1,
    "precision": 1,
    "recall": 1,
    "f1": 1,
    "perception": 2000,
    "reasoning": 800,
}


class _Loader(yaml.SafeLoader):
    """Reads `!function module.name` as that text."""


_Loader.add_constructor("!function", lambda loader, node: loader.construct_scalar(node))


def released(folder: Path, name: str, items: Sequence[ReleaseItem] = ()) -> list[str]:
    """One benchmark in all languages, with its tasks; returns their names.

    `items` are made up unless they are given.
    """
    scoring = SCORINGS.get(name, "plain")
    items = items or benchmark(name)
    parts = benchmark_parquet.write(
        items, folder, home=name, rows=Rows(circular=scoring == "circular")
    )
    return lmms_eval_tasks.write(
        parts,
        folder,
        name=table_name(name, split="test", scoring=scoring),
        kind=items[0].content.kind,
        scoring=scoring,
    )


def task(folder: Path, name: str) -> dict[str, Any]:
    """A task as lmms-eval puts it together: the template, and what overlays it."""
    home = folder / FOLDER
    own = yaml.load((home / f"{name}.yaml").read_text("utf-8"), _Loader)
    template = (home / own.pop("include")).read_text("utf-8")
    return yaml.load(template, _Loader) | own


def shipped(folder: Path) -> ModuleType:
    """The scorer as it lies in the release."""
    spec = importlib.util.spec_from_file_location("shipped", folder / FOLDER / SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(
    folder: Path, name: str, answer: Callable[[dict[str, Any], str], str]
) -> dict[str, float]:
    """What the task gives a model that answers a row so, gold being at hand."""
    settings, scorer = task(folder, name), shipped(folder)
    [[path]] = settings["dataset_kwargs"]["data_files"].values()
    found: dict[str, list[Any]] = defaultdict(list)
    score = getattr(scorer, settings["process_results"].removeprefix("scorer."))
    for row in pq.read_table(folder / FOLDER / path).to_pylist():
        for metric, value in score(row, [answer(row, scorer.gold(row))]).items():
            found[metric].append(value)
    named = {m["metric"]: m["aggregation"] for m in settings["metric_list"]}
    assert set(named) == set(found)
    return {
        metric: getattr(scorer, named[metric].removeprefix("scorer."))(values)
        for metric, values in found.items()
    }


def in_native_words(row: dict[str, Any], gold: str) -> str:
    """A letter, or the word of the language."""
    if gold not in ("Yes", "No"):
        return gold
    return YES_NO_WORDS[row["language"]][gold == "No"]


def wrong(row: dict[str, Any], gold: str) -> str:
    if gold in ("Yes", "No"):
        return YES_NO_WORDS[row["language"]][gold == "Yes"]
    return LETTERS[(LETTERS.index(gold) + 1) % 2]


@pytest.mark.parametrize("name", MAKERS)
def test_gold_has_full_marks_and_wrong_none_in_every_language(
    tmp_path: Path, name: str
) -> None:
    tasks = released(tmp_path, name)
    assert [one[-3:] for one in tasks] == [f"_{code}" for code in LANGUAGES]
    for one in tasks:
        gold = scores(tmp_path, one, in_native_words)
        assert gold == {metric: FULL_MARKS[metric] for metric in gold}
        assert set(scores(tmp_path, one, wrong).values()) == {0}


@pytest.mark.parametrize("name", ["mmbench", "scienceqa"])
def test_text_of_the_right_option_has_full_marks(tmp_path: Path, name: str) -> None:
    def text(row: dict[str, Any], gold: str) -> str:
        listed = row.get("choices") or [row[c] for c in LETTERS[:4]]
        return str(listed[LETTERS.index(gold)]) + "."

    for one in released(tmp_path, name):
        assert scores(tmp_path, one, text)["accuracy"] == 1


def test_instruction_is_in_the_language_of_the_task(tmp_path: Path) -> None:
    released(tmp_path, "pope")
    words = task(tmp_path, "multipope_test_it")["lmms_eval_specific_kwargs"]["default"]
    assert words == {"pre_prompt": "", "post_prompt": "\nRispondi con sì o no."}
    [row, *_] = pq.read_table(tmp_path / "pope" / "it").to_pylist()
    asked = shipped(tmp_path).prompt(row, words)
    assert asked == "Qual è: Yes?\nRispondi con sì o no."


def test_every_function_that_a_task_names_is_in_the_scorer(tmp_path: Path) -> None:
    for name in MAKERS:
        released(tmp_path, name)
    scorer = shipped(tmp_path)
    for path in (tmp_path / FOLDER).glob("*.yaml"):
        settings = task(tmp_path, path.stem)
        named = [settings[key] for key in settings if key.startswith("doc_to")]
        named += [m["aggregation"] for m in settings["metric_list"]]
        for function in [*named, settings["process_results"]]:
            assert callable(getattr(scorer, function.removeprefix("scorer.")))


def test_tasks_of_several_benchmarks_lie_together(tmp_path: Path) -> None:
    tasks = [*released(tmp_path, "mme"), *released(tmp_path, "ai2d")]
    readme = (tmp_path / FOLDER / "README.md").read_text("utf-8")
    assert all(f"- {name}\n" in readme for name in tasks)
    assert len(list((tmp_path / FOLDER).glob("*.yaml"))) == len(tasks) == 10
    for name in tasks:
        [files] = task(tmp_path, name)["dataset_kwargs"]["data_files"].values()
        assert all((tmp_path / FOLDER / file).is_file() for file in files)
        assert task(tmp_path, name)["tag"] == name[:-3]


def test_tasks_are_not_written_twice_and_not_for_nothing(tmp_path: Path) -> None:
    released(tmp_path, "ai2d")
    parts = benchmark_parquet.write(benchmark("ai2d", ["fr"]), tmp_path, home="x")
    told = {"name": "MultiAI2D_test", "kind": "multiple_choice", "scoring": "plain"}
    with pytest.raises(ReleaseError, match="tasks of multiai2d_test are already there"):
        lmms_eval_tasks.write(parts, tmp_path, **told)
    with pytest.raises(ReleaseError, match="no file for a task to read"):
        lmms_eval_tasks.write([], tmp_path, **told)


def test_same_release_has_the_same_bytes(tmp_path: Path) -> None:
    for folder in (tmp_path / "one", tmp_path / "two"):
        released(folder, "mmbench")
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / n / FOLDER).iterdir()}
        for n in ("one", "two")
    )
    assert one == two
    assert len(one) == 8
