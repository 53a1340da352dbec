"""What is different between two wordings, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

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
            yield _of_guideline(NAMES[code] if code else "", bool(was), bool(now))


def _of_guideline(language: str, was: bool, now: bool) -> str:
    if not language and not was:
        return _("The guideline is new.")
    if not language:
        return _("The guideline has changed.") if now else _("The guideline is gone.")
    if not was:
        told = _("The guideline in %(language)s is new.")
    elif not now:
        told = _("The guideline in %(language)s is gone.")
    else:
        told = _("The guideline in %(language)s has changed.")
    return told % {"language": _(language)}


def _of_questions(before: Wording, after: Wording) -> Iterator[str]:
    old = {asked["code"]: asked for asked in before.criteria}
    new = {asked["code"]: asked for asked in after.criteria}
    for code, asked in new.items():
        if code not in old:
            yield _("New question %(code)s: “%(question)s”") % {
                "code": code,
                "question": asked["question"],
            }
        else:
            yield from _of_question(code, old[code], asked)
    for code, asked in old.items():
        if code not in new:
            yield _("No longer asked, %(code)s: “%(question)s”") % {
                "code": code,
                "question": asked["question"],
            }
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        yield _("The order is now %(new)s.") % {"new": ", ".join(new)}


def _of_question(code: str, old: Asked, new: Asked) -> Iterator[str]:
    if old["question"] != new["question"]:
        yield _("%(code)s asks “%(question)s” instead of “%(question_2)s”") % {
            "code": code,
            "question": new["question"],
            "question_2": old["question"],
        }
    if old["scale"] != new["scale"]:
        yield _("%(code)s is %(scale)s instead of %(scale_2)s.") % {
            "code": code,
            "scale": new["scale"],
            "scale_2": old["scale"],
        }
    if _points(old) != _points(new):
        yield _("%(code)s has the points %(new)s instead of %(old)s.") % {
            "code": code,
            "new": _points(new),
            "old": _points(old),
        }
    if old["kinds"] != new["kinds"]:
        yield _("%(code)s is asked of %(new)s instead of %(old)s.") % {
            "code": code,
            "new": _kinds(new),
            "old": _kinds(old),
        }
    if old["required"] != new["required"]:
        told = _("%(code)s may stay open now.")
        if new["required"]:
            told = _("%(code)s needs an answer now.")
        yield told % {"code": code}
    if _helps(old, new) != _helps(new, old):
        yield _("The help or the examples of %(code)s have changed.") % {"code": code}


def _points(asked: Asked) -> str:
    return ", ".join(f"{p['value']} {p['label']}" for p in asked["points"])


def _kinds(asked: Asked) -> str:
    return ", ".join(_(k.replace("_", " ")) for k in asked["kinds"]) or _("everything")


def _helps(asked: Asked, other: Asked) -> list[Any]:
    """What explains it, and its points as far as the other has them too."""
    names = ("help", "help_in", "examples")
    shared = {point["value"] for point in other["points"]}
    points = [point for point in asked["points"] if point["value"] in shared]
    return [asked["help"], *([point.get(name) for name in names] for point in points)]
