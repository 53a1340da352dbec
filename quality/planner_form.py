"""What a lead wants of a study: how narrow an interval, how small a difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from annotation.models import Criterion, Judgment, Project
from annotation.phrases import said
from corpus.languages import ENGLISH
from quality import planning
from quality.slice_forms import SliceForm


class PlannerForm(SliceForm):
    """A slice, a wanted interval, and a comparison. Everything has a usual value."""

    coefficient = forms.ChoiceField(label=_("Coefficient"))
    half_width = forms.FloatField(
        min_value=0.01,
        max_value=0.5,
        label=_("Interval, up to this far to each side"),
        error_messages={"invalid": _("Give the half-width as a number, such as 0.05.")},
    )
    overlap = forms.IntegerField(
        min_value=1, max_value=100, label=_("Items that get all ratings, in percent")
    )
    seconds = forms.FloatField(
        min_value=1,
        max_value=3600,
        label=_("Seconds for one judgment"),
        error_messages={"required": _("Nobody's pace is known yet: give the seconds.")},
    )
    one = forms.ChoiceField(label=_("Compare"), required=False)
    other = forms.ChoiceField(label=_("with"), required=False)
    label = forms.ChoiceField(label=_("by the share of"))
    difference = forms.FloatField(
        min_value=0.1, max_value=99, label=_("Difference to see, in points of percent")
    )
    power = forms.IntegerField(
        min_value=50, max_value=99, label=_("seen in so many of 100 such studies")
    )
    raters = forms.IntegerField(
        min_value=1, max_value=9, label=_("with so many ratings per item")
    )

    def __init__(
        self,
        project: Project,
        data: Mapping[str, Any],
        generators: Sequence[str],
        seconds: float | None,
    ) -> None:
        """`generators` have written in the slice of `data`; `seconds` is the pace."""
        self.generators, self.usual = generators, seconds
        super().__init__(project, data)
        written = [(name, name) for name in generators]
        self._offer("one", written or [("", str(_("any model")))])
        self._offer("other", written or [("", str(_("another model")))])
        self._offer("coefficient", _coefficients(self.question))
        self._offer(
            "label", [(label, said(label)) for label in labels_of(self.question)]
        )

    def _completed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Choices of another question or language give way to usual ones of this."""
        chosen = super()._completed(data)
        question = self.criteria.get(chosen["criterion"])
        names, labels = dict(_coefficients(question)), labels_of(question)
        written = [*self.generators]
        offered = {
            "coefficient": (names, [*names][1]),
            "label": (labels, labels[-1] if question else labels[0]),
            "one": (written, written[0] if written else ""),
            "other": (written, written[-1] if written else ""),
        }
        for name, (choices, usual) in offered.items():
            if chosen.get(name) not in choices:
                chosen[name] = usual
        return {
            "half_width": "0.05",
            "overlap": "100",
            "seconds": f"{self.usual:.0f}" if self.usual else "",
            "difference": "5",
            "power": "80",
            "raters": str(self.project.overlap),
        } | chosen


def _coefficients(question: Criterion | None) -> list[tuple[str, str]]:
    scale = question.scale if question else Criterion.Scale.NOMINAL
    return planning.coefficients_of(scale)


def labels_of(question: Criterion | None) -> list[str]:
    if question is None:
        # As they are stored with a measurement.
        with override(ENGLISH):
            return [str(label) for label in Judgment.Verdict.labels]
    return question.labels
