"""Runs lmms-eval over the task files of a release with a model that knows the answers.

Arguments: the folder of the task files, and the file for the scores. Runs where
lmms-eval is installed; imports nothing of ours and not the scorer of the release.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lmms_eval.api.model import lmms
from lmms_eval.evaluator import simple_evaluate
from lmms_eval.tasks import TaskManager

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def options_of(row: dict[str, Any]) -> list[str]:
    listed = row.get("choices") or row.get("options")
    return listed or [row[c] for c in LETTERS if row.get(c) is not None]


def place_of(row: dict[str, Any]) -> int:
    answer = row["answer"]
    return LETTERS.index(answer) if str(answer) in LETTERS else int(answer)


def is_yes(row: dict[str, Any]) -> bool:
    return str(row["answer"]).lower() == "yes"


def native(row: dict[str, Any]) -> str:
    """The letter, or the word of the language."""
    if "yes_word" in row:
        return row["yes_word"] if is_yes(row) else row["no_word"]
    return LETTERS[place_of(row)]


def english(row: dict[str, Any]) -> str:
    """The letter and its text, or a sentence that begins with yes or no."""
    if "yes_word" in row:
        return "Yes, it is." if is_yes(row) else "No, it is not."
    place = place_of(row)
    return f"{LETTERS[place]}. {options_of(row)[place]}"


def wrong(row: dict[str, Any]) -> str:
    """Another letter, or the other word of the language."""
    if "yes_word" in row:
        return row["no_word"] if is_yes(row) else row["yes_word"]
    return LETTERS[(place_of(row) + 1) % len(options_of(row))]


def silent(row: dict[str, Any]) -> str:
    return ""


class Knowing(lmms):
    """Looks the answer up, once it has seen the question and the picture."""

    def __init__(self, answer: Callable[[dict[str, Any]], str]) -> None:
        super().__init__()
        self.answer = answer

    def generate_until(self, requests: list[Any]) -> list[str]:
        return [self._one(*request.args) for request in requests]

    def _one(
        self, asked: str, _: Any, pictures: Any, number: int, task: str, split: str
    ) -> str:
        row = self.task_dict[task][split][number]
        assert (
            row["question"].removesuffix(row.get("instruction") or "").strip() in asked
        )
        assert all(option in asked for option in options_of(row))
        assert [picture.mode for picture in pictures(row)] == (
            ["RGB"] if row["image"] else []
        )
        return self.answer(row)

    def generate_until_multi_round(self, requests: list[Any]) -> list[str]:
        raise NotImplementedError

    def loglikelihood(self, requests: list[Any]) -> list[tuple[float, bool]]:
        raise NotImplementedError


def main(folder: str, out: str) -> None:
    manager = TaskManager(include_path=folder, include_defaults=False)
    found = {}
    for answer in (native, english, wrong, silent):
        results = simple_evaluate(
            model=Knowing(answer), tasks=manager.all_subtasks, task_manager=manager
        )
        found[answer.__name__] = {
            task: {
                name.partition(",")[0]: value
                for name, value in scores.items()
                if isinstance(value, int | float) and "stderr" not in name
            }
            for task, scores in results["results"].items()
        }
    Path(out).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
