"""Task files with which lmms-eval runs a benchmark: one per language, and the scorer.

They read the parquet files of the release by paths relative to themselves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from corpus.content import Kind
from corpus.formats.answer_instructions import LETTER, YES_NO
from corpus.formats.release import Part, ReleaseError
from corpus.formats.vlmevalkit_names import Scoring

#: Not `lmms_eval`: started beside it, Python would take the folder for the program.
FOLDER: Final = "lmms-eval"
SCORER: Final = "scorer.py"

#: The function that scores a row, and the metrics with what sums each up.
_METRICS: Final[dict[Scoring, tuple[str, dict[str, str]]]] = {
    "plain": ("score", {}),
    "circular": ("score_circular", {"circular_accuracy": "circular"}),
    "mme": ("score_mme", {"perception": "mme", "reasoning": "mme"}),
    "pope": (
        "score_pope",
        {"precision": "precision", "recall": "recall", "f1": "f1"},
    ),
}

_TEMPLATE = """\
dataset_path: parquet
test_split: {split}
output_type: generate_until
doc_to_visual: !function scorer.pictures
doc_to_text: !function scorer.prompt
doc_to_target: !function scorer.gold
process_results: !function scorer.{score}
generation_kwargs:
  max_new_tokens: 64
  temperature: 0
  do_sample: false
metric_list:
{metrics}metadata:
  version: 1
"""
_METRIC = """\
  - metric: {name}
    aggregation: !function scorer.{sum}
    higher_is_better: true
"""
_TASK = """\
include: {template}
task: {task}
tag: {name}
dataset_kwargs:
  data_files:
    {split}: {files}
lmms_eval_specific_kwargs:
  default:
    pre_prompt: ""
    post_prompt: {instruction}
"""
_README = """\
# Running this release with lmms-eval

    lmms-eval --include_path {folder} --tasks {first} --model ... --model_args ...

Start it in the folder of the release; releases of lmms-eval before 0.7.2 must be started
in this folder instead, with `--include_path .`, because they look for data files from
where they are started. A task name without its language runs all languages.

Answers are read by `{scorer}`: letters and option texts, yes and no in English and in the
language of the question. Nothing is sent anywhere. Tasks:

{tasks}
"""


def write(
    parts: Sequence[Part], folder: Path, *, name: str, kind: Kind, scoring: Scoring
) -> list[str]:
    """Writes the tasks of one benchmark below `folder`; returns their names.

    `parts` are its parquet files, relative to `folder`, by language; `name` is that of
    the table. Call once for each benchmark of a release. Raises ReleaseError.
    """
    if not parts:
        raise ReleaseError("There is no file for a task to read.")
    home, stem = folder / FOLDER, name.lower().replace("-", "_")
    home.mkdir(exist_ok=True)
    if (home / f"_{stem}").exists():
        raise ReleaseError(f"The tasks of {stem} are already there.")
    (home / SCORER).write_bytes(
        Path(__file__).with_name("lmms_eval_scorer.py").read_bytes()
    )
    (home / f"_{stem}").write_text(_template(parts[0].split, scoring), "utf-8")
    tasks = []
    for language, own in groupby(parts, key=lambda part: part.language):
        task = f"{stem}_{language}"
        text = _task(task, stem, language, list(own), kind)
        (home / f"{task}.yaml").write_text(text, "utf-8")
        tasks.append(task)
    _write_readme(home)
    return tasks


def _template(split: str, scoring: Scoring) -> str:
    score, further = _METRICS[scoring]
    metrics = {"accuracy": "share"} | further
    lines = [_METRIC.format(name=name, sum=sum_) for name, sum_ in metrics.items()]
    return _TEMPLATE.format(split=split, score=score, metrics="".join(lines))


def _task(task: str, stem: str, language: str, parts: list[Part], kind: Kind) -> str:
    instructions = YES_NO if kind == "yes_no" else LETTER
    return _TASK.format(
        template=f"_{stem}",
        task=task,
        name=stem,
        split=parts[0].split,
        files=_quoted([f"../{part.path}" for part in parts]),
        instruction=_quoted("\n" + instructions[language]),
    )


def _quoted(value: str | list[str]) -> str:
    """JSON, which every reader of YAML reads."""
    return json.dumps(value, ensure_ascii=False)


def _write_readme(home: Path) -> None:
    """Names all tasks that lie in the folder."""
    tasks = sorted(path.stem for path in home.glob("*.yaml"))
    text = _README.format(
        folder=FOLDER,
        scorer=SCORER,
        first=tasks[0],
        tasks="\n".join(f"- {task}" for task in tasks),
    )
    (home / "README.md").write_text(text, "utf-8")
