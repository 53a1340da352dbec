"""What is different between two wordings, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.rubrics.wording import Wording
from corpus.languages import NAMES

Asked = dict[str, Any]


def differences(before: Wording, after: Wording) -> list[str]:
    """One sentence for each thing that the later wording says otherwise."""
    return [*_of_guidelines(before, after), *_of_questions(before, after)]


def _of_guidelines(before: Wording, after: Wording) -> Iterator[str]:
    old = {"": before.guideline, **before.guidelines}
    new = {"": after.guideline, **after.guidelines}
    for code in ("", *NAMES):
        was, now = old.get(code, ""), new.get(code, "")
        if was != now:
            which = f"The guideline in {NAMES[code]}" if code else "The guideline"
            verb = "is new" if not was else "is gone" if not now else "has changed"
            yield f"{which} {verb}."


def _of_questions(before: Wording, after: Wording) -> Iterator[str]:
    old = {asked["code"]: asked for asked in before.criteria}
    new = {asked["code"]: asked for asked in after.criteria}
    for code, asked in new.items():
        if code not in old:
            yield f"New question {code}: “{asked['question']}”"
        else:
            yield from _of_question(code, old[code], asked)
    for code, asked in old.items():
        if code not in new:
            yield f"No longer asked, {code}: “{asked['question']}”"
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        yield f"The order is now {', '.join(new)}."


def _of_question(code: str, old: Asked, new: Asked) -> Iterator[str]:
    if old["question"] != new["question"]:
        yield f"{code} asks “{new['question']}” instead of “{old['question']}”"
    if old["scale"] != new["scale"]:
        yield f"{code} is {new['scale']} instead of {old['scale']}."
    if _points(old) != _points(new):
        yield f"{code} has the points {_points(new)} instead of {_points(old)}."
    if old["kinds"] != new["kinds"]:
        yield f"{code} is asked of {_kinds(new)} instead of {_kinds(old)}."
    if old["required"] != new["required"]:
        yield f"{code} {'needs an answer' if new['required'] else 'may stay open'} now."
    if _helps(old, new) != _helps(new, old):
        yield f"The help or the examples of {code} have changed."


def _points(asked: Asked) -> str:
    return ", ".join(f"{p['value']} {p['label']}" for p in asked["points"])


def _kinds(asked: Asked) -> str:
    return ", ".join(k.replace("_", " ") for k in asked["kinds"]) or "everything"


def _helps(asked: Asked, other: Asked) -> list[Any]:
    """What explains it, and its points as far as the other has them too."""
    names = ("help", "help_in", "examples")
    shared = {point["value"] for point in other["points"]}
    points = [point for point in asked["points"] if point["value"] in shared]
    return [asked["help"], *([point.get(name) for name in names] for point in points)]
