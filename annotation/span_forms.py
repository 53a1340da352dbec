"""Marked errors in a form: a row for each, which says the words and where they stand.

A row names its words instead of counting characters, so it can be filled in by hand,
and a script that fills it in need not count as the server does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotation import phrases
from annotation.models import Candidate, Judgment, Span
from annotation.text_forms import plain
from corpus.content import MAX_CHARACTERS
from corpus.marking import (
    CANDIDATE,
    CATEGORIES,
    IMAGE,
    MAX_MARKS,
    OMISSION,
    SEVERITIES,
    SOURCE,
    TRANSLATION,
    Mark,
    Region,
    found,
    why_not_mark,
)

BLANK_ROWS = 3
EDGES = {
    "x": _("Left, %"),
    "y": _("Top, %"),
    "width": _("Width, %"),
    "height": _("Height, %"),
}
#: What the bar beside the text offers. What is left out is marked in the source.
OFFERED = {
    "translation": [
        c for c in CATEGORIES if c.family == TRANSLATION and c.code != OMISSION
    ],
    "image": [c for c in CATEGORIES if c.family == IMAGE],
    "severities": SEVERITIES,
}
_NAME = re.compile(r"span-([0-9]{1,3})-words")


class SpanForm(forms.Form):
    """One marked error. A row in which nothing was said is no error."""

    use_required_attribute = False
    place = forms.ChoiceField(label=_("In"))
    words = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea({"rows": 1, "dir": "auto"}),
    )
    nth = forms.IntegerField(
        label=_("Which one"),
        required=False,
        min_value=1,
        max_value=MAX_CHARACTERS,
        initial=1,
    )
    category = forms.ChoiceField(label=_("What is wrong"), required=False)
    severity = forms.ChoiceField(label=_("How bad it is"), required=False)

    def __init__(
        self,
        candidate: Candidate,
        number: int,
        data: Mapping[str, Any] | None = None,
        span: Span | None = None,
    ) -> None:
        texts = texts_of(candidate)
        initial = _initial(span, texts) if span else {"place": _first(texts)}
        # Labels hold their controls, so that a script may copy a row as it is.
        super().__init__(data, auto_id=False, prefix=f"span-{number}", initial=initial)
        self.number = number
        self.texts = texts
        self.mark: Mark | None = None
        self._choose("place", [(place, _label(place)) for place in texts])
        self._choose("category", [("", _("Choose")), *_families()])
        self._choose("severity", [("", _("Choose")), *_severities()])
        for name, label in EDGES.items():
            self.fields[name] = forms.DecimalField(
                label=label,
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
            )

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def edges(self) -> list[forms.BoundField]:
        return [self[name] for name in EDGES]

    @property
    def is_blank(self) -> bool:
        names = ("words", "category", "severity", *EDGES)
        return not any(str(self[name].value() or "").strip() for name in names)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.is_blank or self.errors:
            return said
        if not said["words"]:
            self.add_error(
                "words", _("Say which words are wrong, as the text has them.")
            )
        for name in ("category", "severity"):
            if not said[name]:
                self.add_error(name, _("Choose one."))
        if len({said[name] is None for name in EDGES}) == 2:
            self.add_error("x", _("Give all four numbers of the region, or none."))
        if not self.errors:
            self._locate(said)
        return said

    def _locate(self, said: dict[str, Any]) -> None:
        """Find the words, and say what is wrong with them as a mark, if anything is."""
        side, field = said["place"].split(":", 1)
        text = self.texts[said["place"]]
        places, nth = found(text, plain(said["words"])), said["nth"] or 1
        if len(places) < nth:
            times = ngettext(
                "The text has these words once, no more.",
                "The text has these words %(n)s times, no more.",
                len(places),
            ) % {"n": len(places)}
            none = _("The text does not have these words. Copy them from it.")
            self.add_error("words", times if places else none)
            return
        start, end = places[nth - 1]
        category, severity = said["category"], said["severity"]
        mark = Mark(
            side, field, start, end, text[start:end], category, severity, _region(said)
        )
        if why_not := why_not_mark(mark, {field: text}):
            why_not = phrases.said(why_not)
            self.add_error(None, why_not[:1].upper() + why_not[1:])
            return
        self.mark = mark


def rows(
    candidate: Candidate,
    data: Mapping[str, Any] | None = None,
    corrects: Judgment | None = None,
) -> list[SpanForm]:
    """The rows that were sent, or those of the answer to correct; and some to fill in.

    More than an answer may hold are read, so that the stage can say that it is too many.
    """
    if data is not None:
        sent = {int(name[1]) for key in data if (name := _NAME.fullmatch(key))}
        own = [SpanForm(candidate, number, data) for number in sorted(sent)]
    else:
        spans = corrects.spans.all() if corrects else []
        own = [SpanForm(candidate, n, span=span) for n, span in enumerate(spans)]
    filled = sum(not row.is_blank for row in own)
    first = 1 + max((row.number for row in own), default=-1)
    more = min(BLANK_ROWS - (len(own) - filled), MAX_MARKS - filled)
    return own + [SpanForm(candidate, first + n) for n in range(more)]


def texts_of(candidate: Candidate) -> dict[str, str]:
    """Every text that can be marked, as "candidate:caption", the candidate's first."""
    sides = ((CANDIDATE, candidate.content), (SOURCE, candidate.item.content))
    return {
        f"{side}:{name}": text
        for side, content in sides
        for name, text in content.texts()
    }


def _first(texts: dict[str, str]) -> str:
    return next(iter(texts))


def _label(place: str) -> str:
    side, field = place.split(":", 1)
    return f"{_(side.capitalize())}: {phrases.said(field)}"


def _families() -> list[tuple[str, list[tuple[str, str]]]]:
    families = dict.fromkeys(category.family for category in CATEGORIES)
    return [
        (
            gettext(family),
            [(c.code, gettext(c.label)) for c in CATEGORIES if c.family == family],
        )
        for family in families
    ]


def _severities() -> list[tuple[str, str]]:
    return [(severity.code, gettext(severity.label)) for severity in SEVERITIES]


def _initial(span: Span, texts: dict[str, str]) -> dict[str, Any]:
    """What a row says of a span that is kept."""
    place = f"{span.side}:{span.field}"
    words = re.sub("\r\n?", "\n", span.words.strip())
    starts = [start for start, _ in found(texts[place], words)]
    start = span.start + len(span.words) - len(span.words.lstrip())
    edges = {
        name: f"{float(getattr(span, name)) * 100:.2f}"
        for name in EDGES
        if getattr(span, name) is not None
    }
    return edges | {
        "place": place,
        "words": words,
        "nth": starts.index(start) + 1,
        "category": span.category,
        "severity": span.severity,
    }


def _region(said: dict[str, Any]) -> Region | None:
    if said["x"] is None:
        return None
    x, y, width, height = (float(said[name]) / 100 for name in EDGES)
    return x, y, width, height
