"""What a rubric asks, read from a form or a file and checked as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from annotation.errors import Invalid
from annotation.models import Criterion
from corpus.checks import Finding
from corpus.content import KINDS
from corpus.languages import NAMES

MOST_CRITERIA: Final = 12
#: One key of the keyboard answers each point.
POINTS: Final = range(2, 10)
#: What a rating's column holds.
VALUES: Final = range(-32768, 32768)
CODE: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
#: Reports call the verdict by this code.
TAKEN: Final = "verdict"
MOST_CHARACTERS: Final = {
    "guideline": 20_000,
    "question": 200,
    "help": 1_000,
    "label": 60,
    "example": 1_000,
}
_CRITERION = ("code", "question", "help", "scale", "points", "kinds", "required")
_POINT = ("value", "label", "help", "help_in", "examples")


@dataclass(frozen=True, slots=True)
class Wording:
    """A guideline, in general and by language, and the criteria in their order.

    A criterion has code, question, help, scale, points, kinds and required. A point has
    value and label and may have help, help_in and examples, these two by language.
    """

    guideline: str = ""
    guidelines: dict[str, str] = field(default_factory=dict)
    criteria: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read(raw: Any) -> Wording:
    """The wording that `raw` describes, in the one form that is stored.

    Raises Invalid with a finding for each thing that is wrong; its field is such as
    "guideline" or "criteria.2.points", counted from 1.
    """
    reading = _Reading()
    fields = reading.mapping(raw, "", ("guideline", "guidelines", "criteria"))
    found = Wording(
        reading.text(fields.get("guideline", ""), "guideline", "guideline"),
        reading.by_language(fields.get("guidelines", {}), "guidelines", "guideline"),
        reading.criteria(fields.get("criteria", [])),
    )
    if reading.findings:
        first = reading.findings[0]
        where = f"{first.field}: " if first.field else ""
        raise Invalid(f"{where}{first.message}", reading.findings)
    return found


class _Reading:
    """Reads piece by piece and notes what is wrong, so that all of it is told at once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def refuse(self, where: str, message: str) -> None:
        """One complaint for each place: the next ones would follow from the first."""
        if any(finding.field == where for finding in self.findings):
            return
        self.findings.append(Finding("rubric", "block", where, message))

    def mapping(self, raw: Any, where: str, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            self.refuse(where, _("This must be an object with named fields."))
            return {}
        for name in raw:
            if name not in known:
                self.refuse(
                    where,
                    _("%(name)s is none of %(known)s.")
                    % {"name": repr(name), "known": ", ".join(known)},
                )
        return dict(raw)

    def text(self, raw: Any, where: str, kind: str, *, line: bool = False) -> str:
        """Without blanks around it; `line`: what the form shows on one line."""
        if not isinstance(raw, str):
            self.refuse(where, _("This must be a text."))
            return ""
        text = raw.replace("\r\n", "\n").strip()
        if len(text) > MOST_CHARACTERS[kind]:
            self.refuse(
                where,
                _("At most %(most)s characters.")
                % {"most": number_format(MOST_CHARACTERS[kind], force_grouping=True)},
            )
        if "\0" in text:
            self.refuse(where, _("A null character cannot be kept. Take it out."))
        if line and "\n" in text:
            self.refuse(
                where, _("A %(kind)s of a point is one line.") % {"kind": _(kind)}
            )
        return text

    def by_language(self, raw: Any, where: str, kind: str) -> dict[str, str]:
        if not isinstance(raw, Mapping) or not set(raw) <= set(NAMES):
            self.refuse(
                where,
                _("Name each text by one of %(names)s.") % {"names": ", ".join(NAMES)},
            )
            return {}
        is_line = kind != "guideline"
        texts = {
            code: self.text(raw[code], where, kind, line=is_line)
            for code in NAMES
            if code in raw
        }
        return {code: text for code, text in texts.items() if text}

    def criteria(self, raw: Any) -> list[dict[str, Any]]:
        if not isinstance(raw, list) or not raw:
            self.refuse("criteria", _("A rubric needs at least one question."))
            return []
        if len(raw) > MOST_CRITERIA:
            self.refuse(
                "criteria",
                _("A rubric has at most %(most_criteria)s questions.")
                % {"most_criteria": MOST_CRITERIA},
            )
            return []
        found = [self.criterion(n, each) for n, each in enumerate(raw, 1)]
        times = Counter(criterion["code"] for criterion in found)
        for n, criterion in enumerate(found, 1):
            if criterion["code"] and times[criterion["code"]] > 1:
                self.refuse(f"criteria.{n}.code", _("Two questions have this code."))
        return found

    def criterion(self, n: int, raw: Any) -> dict[str, Any]:
        where = f"criteria.{n}"
        fields = self.mapping(raw, where, _CRITERION)
        question = self.text(
            fields.get("question", ""), f"{where}.question", "question"
        )
        if not question:
            self.refuse(
                f"{where}.question", _("Write the question that people answer.")
            )
        scale = self.scale(fields.get("scale", ""), where)
        required = fields.get("required", True)
        if not isinstance(required, bool):
            self.refuse(f"{where}.required", _("This is true or false."))
        return {
            "code": self.code(fields.get("code", ""), where),
            "question": question,
            "help": self.text(fields.get("help", ""), f"{where}.help", "help"),
            "scale": scale,
            "points": self.points(fields.get("points", []), where, scale),
            "kinds": self.kinds(fields.get("kinds", []), where),
            "required": required,
        }

    def code(self, raw: Any, where: str) -> str:
        if not isinstance(raw, str) or not CODE.fullmatch(raw):
            self.refuse(
                f"{where}.code",
                _("A code is 1 to 40 small letters, digits, - and _, a letter first."),
            )
            return ""
        if raw == TAKEN:
            self.refuse(f"{where}.code", _("The verdict has this code. Take another."))
        return raw

    def scale(self, raw: Any, where: str) -> str:
        if raw not in Criterion.Scale.values:
            known = ", ".join(Criterion.Scale.values)
            self.refuse(
                f"{where}.scale", _("The scale is one of %(known)s.") % {"known": known}
            )
            return ""
        return str(raw)

    def kinds(self, raw: Any, where: str) -> list[str]:
        """In their usual order; all of them is the same as none, which means any."""
        known = isinstance(raw, list) and all(kind in list(KINDS) for kind in raw)
        if not known:
            self.refuse(
                f"{where}.kinds",
                _("The content kinds are %(kinds)s.") % {"kinds": ", ".join(KINDS)},
            )
            return []
        kinds = [str(kind) for kind in KINDS if kind in raw]
        return [] if len(kinds) == len(KINDS) else kinds

    def points(self, raw: Any, where: str, scale: str) -> list[dict[str, Any]]:
        where = f"{where}.points"
        if not isinstance(raw, list) or len(raw) not in POINTS:
            self.refuse(where, _("Give two to nine points, one per line."))
            return []
        found = [self.point(each, where) for each in raw]
        values = [point["value"] for point in found]
        labels = [point["label"] for point in found]
        if len(set(values)) < len(values):
            self.refuse(where, _("Two points have the same value."))
        elif scale != Criterion.Scale.NOMINAL and values != sorted(values):
            self.refuse(where, _("Put the points in order, the lowest value first."))
        if len(set(labels)) < len(labels):
            self.refuse(where, _("Two points have the same label."))
        if scale == Criterion.Scale.BINARY and len(found) != 2:
            self.refuse(where, _("A yes-or-no question has two points."))
        return found

    def point(self, raw: Any, where: str) -> dict[str, Any]:
        fields = self.mapping(raw, where, _POINT)
        value = fields.get("value")
        if type(value) is not int or value not in VALUES:
            self.refuse(where, _("The value of a point is a whole number up to 32767."))
            value = 0
        label = self.text(fields.get("label", ""), where, "label", line=True)
        if not label or "|" in label:
            self.refuse(where, _("Each point needs a label, without the sign |."))
        more = {
            "help": self.text(fields.get("help", ""), where, "help", line=True),
            "help_in": self.by_language(fields.get("help_in", {}), where, "help"),
            "examples": self.by_language(fields.get("examples", {}), where, "example"),
        }
        stated = {name: said for name, said in more.items() if said}
        return {"value": value, "label": label} | stated
