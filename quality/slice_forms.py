"""What leads choose in the address of a page: a slice, and how to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from annotation.models import Criterion, Judgment, Project
from quality.browsing import Wanted

#: What the verdict is called where others are called by their criterion's code.
VERDICT = "verdict"


class SliceForm(forms.Form):
    """One language and one question. What the project does not know is the first."""

    use_required_attribute = False
    language = forms.ChoiceField(label=_("Language"))
    criterion = forms.ChoiceField(label=_("Question"))

    def __init__(self, project: Project, data: Mapping[str, Any]) -> None:
        self.criteria = {c.code: c for c in project.rubric.criteria.all()}
        self.project = project
        super().__init__(self._completed(data))
        self._offer("language", project.languages)
        questions = [(code, c.question) for code, c in self.criteria.items()]
        self._offer("criterion", [(VERDICT, str(_("Verdict"))), *questions])

    def _completed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The address's values; the first choice for one that is missing or unknown."""
        language, criterion = data.get("language"), data.get("criterion")
        languages = self.project.target_languages
        return {name: data[name] for name in data} | {
            "language": language if language in languages else languages[0],
            "criterion": criterion if criterion in self.criteria else VERDICT,
        }

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def in_language(self) -> str:
        return str(self.data["language"])

    @property
    def name(self) -> str:
        return str(self.data["criterion"])

    @property
    def question(self) -> Criterion | None:
        return self.criteria.get(self.name)


class AnnotatorsForm(SliceForm):
    """A slice, and the coefficient that stands between two annotators."""

    COEFFICIENTS = (
        ("gwet-ac1", "Gwet AC1"),
        ("percent-agreement", _("Percent agreement")),
        ("krippendorff-alpha", _("Krippendorff's alpha")),
        ("cohen-kappa", _("Cohen's kappa")),
    )
    coefficient = forms.ChoiceField(choices=COEFFICIENTS, label=_("Between two"))

    def _completed(self, data: Mapping[str, Any]) -> dict[str, Any]:
        known = dict(self.COEFFICIENTS)
        wanted = data.get("coefficient")
        chosen = wanted if wanted in known else self.COEFFICIENTS[0][0]
        return super()._completed(data) | {"coefficient": chosen}

    def means(self, name: str) -> bool:
        """Whether this published name is the coefficient chosen."""
        return name.startswith(str(self.data["coefficient"]))

    @property
    def coefficient_name(self) -> str:
        return str(dict(self.COEFFICIENTS)[self.data["coefficient"]])


class ItemsForm(SliceForm):
    """Which items of a slice to list. Whatever is not offered counts as not said."""

    label = forms.ChoiceField(label=_("Somebody said"), required=False)
    other = forms.ChoiceField(label=_("and somebody else"), required=False)
    rater = forms.ChoiceField(label=_("Annotator"), required=False)
    second = forms.ChoiceField(label=_("and annotator"), required=False)
    differ = forms.BooleanField(label=_("Only where people differ"), required=False)
    by = forms.CharField(required=False, widget=forms.HiddenInput)
    value = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, project: Project, data: Mapping[str, Any], names: Mapping[int, str]
    ) -> None:
        self.names = names
        super().__init__(project, data)
        for name, choices in self._choices().items():
            self._offer(name, choices)

    def _choices(self) -> dict[str, list[tuple[str, str]]]:
        labels = [("", str(_("Anything"))), *self.labels.items()]
        people = sorted(self.names.items(), key=lambda pair: pair[1])
        raters = [("", str(_("Anybody"))), *((str(pk), name) for pk, name in people)]
        return {"label": labels, "other": labels, "rater": raters, "second": raters}

    @property
    def labels(self) -> dict[str, str]:
        """What is stored of an answer to what it means."""
        if self.question is None:
            return {str(k): str(v) for k, v in Judgment.Verdict.choices}
        values = map(str, self.question.values)
        return dict(zip(values, self.question.labels, strict=True))

    @property
    def after(self) -> int:
        """The item after which this page begins."""
        text = str(self.data.get("after", ""))
        return int(text) if text.isdecimal() and len(text) < 19 else 0

    def wanted(self) -> Wanted:
        """What of the address makes sense here."""
        choices = self._choices()
        said = {
            name: str(self.data.get(name, ""))
            for name in ("label", "other", "rater", "second")
        }
        known = {
            name: text if text in dict(choices[name]) else ""
            for name, text in said.items()
        }
        return Wanted(
            language=self.in_language,
            criterion=self.question,
            label=known["label"],
            other=known["other"],
            rater=int(known["rater"]) if known["rater"] else None,
            second=int(known["second"]) if known["second"] else None,
            differ=bool(self.data.get("differ")),
            by=str(self.data.get("by", "")),
            value=str(self.data.get("value", "")),
        )

    def label_of(self, judgment: Judgment) -> str:
        """What a judgment says to the question; empty if nothing."""
        if self.question is None:
            return str(judgment.get_verdict_display())
        for rating in judgment.ratings.all():
            if rating.criterion_id == self.question.pk:
                return self.labels.get(str(rating.value), "")
        return ""

    def address(self, **changed: object) -> str:
        """This very page with something else in its address."""
        said = {name: str(self.data[name]) for name in self.data}
        said |= {name: str(value) for name, value in changed.items()}
        return "?" + urlencode({name: text for name, text in said.items() if text})
