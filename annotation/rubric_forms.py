"""A rubric as it is edited: its guidelines, and one part for each question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation import rubrics
from annotation.criterion_forms import LAST, CriterionForm, area
from annotation.errors import ConcordError, Invalid
from annotation.models import Criterion, Project, Rubric
from annotation.models.projects import CONTENT_KINDS
from annotation.rubrics import MOST_CRITERIA, Wording
from annotation.text_forms import plain
from corpus.languages import NAMES

#: Empty parts below those that are asked.
SPARE: Final = 2


class RubricForm(forms.Form):
    """The whole of it. `wording` is what it says, once it is valid."""

    use_required_attribute = False
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    count = forms.IntegerField(required=False, widget=forms.HiddenInput)
    guideline = forms.CharField(
        label=_("Guideline"),
        required=False,
        widget=area(6),
        help_text=_("Stands beside every item. An empty line begins a new paragraph."),
    )
    kind = forms.ChoiceField(
        choices=CONTENT_KINDS, required=False, label=_("Preview for")
    )
    language = forms.ChoiceField(required=False, label=_("in"))

    def __init__(
        self, project: Project, start: Wording, data: Mapping[str, Any] | None = None
    ) -> None:
        self.wording = start
        present = str(project.rubric)
        first = {"guideline": start.guideline, "based_on": present}
        super().__init__(data, initial=first)
        self.present = present
        #: The version that what is typed was read from.
        self.base = str((data or first).get("based_on", ""))
        self.languages = list(
            dict.fromkeys([*project.target_languages, *start.guidelines])
        )
        for code in self.languages:
            self.fields[f"guideline-{code}"] = forms.CharField(
                label=_("Guideline in %(language)s") % {"language": _(NAMES[code])},
                required=False,
                initial=start.guidelines.get(code, ""),
                widget=forms.Textarea({"rows": 3, "lang": code, "dir": "auto"}),
            )
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = project.languages
        self.parts = self._parts(start, data)

    def _parts(
        self, start: Wording, data: Mapping[str, Any] | None
    ) -> list[CriterionForm]:
        if data is None:
            asked = enumerate(start.criteria, 1)
            parts = [CriterionForm(n, asked=criterion) for n, criterion in asked]
        else:
            numbers = range(1, 1 + _count(data.get("count")))
            parts = [CriterionForm(n, data) for n in numbers]
        spare = sum(part.is_spare for part in parts)
        room = min(SPARE - spare, 2 * MOST_CRITERIA - len(parts))
        more = range(len(parts) + 1, len(parts) + 1 + room)
        return [*parts, *map(CriterionForm, more)]

    @property
    def guideline_fields(self) -> list[forms.BoundField]:
        return [self[f"guideline-{code}"] for code in self.languages]

    @property
    def speaks(self) -> bool:
        """Whether a language has a guideline of its own."""
        return any(field.value() for field in self.guideline_fields)

    @property
    def faults(self) -> list[tuple[str, forms.BoundField, str]]:
        """Where, the field, and what is wrong: for the list above the form."""
        forms_of = [
            ("", self),
            *(
                (_("Question %(number)s") % {"number": p.number}, p)
                for p in self._live()
            ),
        ]
        return [
            (where, field, str(error))
            for where, form in forms_of
            for field in form
            for error in field.errors
        ]

    def _live(self) -> list[CriterionForm]:
        """The questions that stay, in the order that was typed."""
        live = [part for part in self.parts if part.is_bound and not part.is_gone]

        def place(part: CriterionForm) -> int:
            return getattr(part, "cleaned_data", {}).get("order") or LAST

        return sorted(live, key=place)

    def is_valid(self) -> bool:
        """Fields and the rules of a rubric alike; each fault at its field."""
        super().is_valid()
        live = self._live()
        for part in live:
            part.is_valid()
        if not self.is_bound:
            return False
        try:
            self.wording = rubrics.read(self.raw())
        except Invalid as error:
            self.refuse(error)
        return not (self.errors or any(part.errors for part in live))

    def raw(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "guideline": plain(said.get("guideline", "")),
            "guidelines": {
                code: plain(said.get(f"guideline-{code}", ""))
                for code in self.languages
            },
            "criteria": [part.asked() for part in self._live()],
        }

    def refuse(self, error: ConcordError) -> None:
        """Show what the stage found, at the field where it found it."""
        live = self._live()
        findings = error.findings if isinstance(error, Invalid) else []
        for finding in findings:
            area, _, rest = finding.field.partition(".")
            number, _, name = rest.partition(".")
            form = live[int(number) - 1] if number else self
            field = name or (area if area in self.fields else None)
            # What was not understood at all needs no second complaint.
            if field not in form.errors:
                form.add_error(field, finding.message)
        if not findings:
            self.add_error(None, str(error))
            self.base = self.present

    @property
    def wording_as_rubric(self) -> Rubric:
        """Of the preview: never saved."""
        wording = self.wording
        return Rubric(guideline=wording.guideline, guidelines=wording.guidelines)

    def preview(self) -> list[Criterion]:
        """What an annotator would be asked about an item of the chosen kind."""
        kind = self.cleaned_data["kind"] or CONTENT_KINDS[0][0]
        asked = [Criterion(**criterion) for criterion in self.wording.criteria]
        return [criterion for criterion in asked if criterion.applies_to(kind)]


def _count(typed: Any) -> int:
    text = str(typed or "")
    return (
        min(int(text), 2 * MOST_CRITERIA) if text.isdecimal() and len(text) < 4 else 0
    )
