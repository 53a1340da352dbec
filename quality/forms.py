"""What adjudicators and leads type. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import date
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.text_forms import TextsForm, rewritten
from corpus.formats.arms import ARMS
from quality.adjudicating import MAX_REASON
from quality.exporting import MOST_HELD_OUT, TRAINING_FORMATS
from quality.models import Release, Ruling


class OutcomeRadios(forms.RadioSelect):
    """The two outcomes, each with the key that chooses it."""

    KEYS: Mapping[str, str] = {
        Ruling.Outcome.ACCEPT: "KeyA",
        Ruling.Outcome.REJECT: "KeyR",
    }

    def create_option(
        self, name: str, value: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-key"] = self.KEYS[str(value)]
        return option


class RulingForm(TextsForm):
    """An adjudicator's word on a contested candidate, with the text it accepts."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Ruling.Outcome.choices,
        widget=OutcomeRadios,
        error_messages={"required": _("Choose whether to accept or to reject.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON,
        widget=forms.Textarea(
            {
                "rows": 3,
                "data-key": "KeyC",
                "data-key-label": _("Reason"),
                "dir": "auto",
            }
        ),
        error_messages={
            "required": _("Give the reason: people will want to know why.")
        },
    )

    def ruling(self) -> dict[str, Any]:
        """The arguments of `adjudicating.rule`."""
        said = self.cleaned_data
        accepts = said["outcome"] == Ruling.Outcome.ACCEPT
        texts = self.edited_texts()
        return {
            "outcome": said["outcome"],
            "content": rewritten(self.candidate.content, texts) if accepts else None,
            "reason": said["reason"],
        }


class ReleaseForm(forms.Form):
    """Which release to make. All languages and datasets are chosen at first.

    Of a single dataset nothing is asked.
    """

    use_required_attribute = False
    design = forms.ChoiceField(
        choices=Release.Design.choices,
        initial=Release.Design.TRAINING,
        widget=forms.RadioSelect,
        label=_("What for"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    datasets = forms.MultipleChoiceField(
        label=_("Datasets"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one dataset.")},
        help_text=_("Their licences must fit together."),
    )
    formats = forms.MultipleChoiceField(
        choices=[(name, _(title)) for name, title in TRAINING_FORMATS.items()],
        initial=["parquet"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Formats of a training set"),
    )
    held_out = forms.IntegerField(
        min_value=0,
        max_value=round(100 * MOST_HELD_OUT),
        initial=0,
        required=False,
        label=_("Held out for testing, in percent of the pictures"),
        help_text=_("The same pictures in every language. For a training set."),
    )
    arm = forms.ChoiceField(
        choices=[("", _("Everything")), *((arm, _(arm.capitalize())) for arm in ARMS)],
        required=False,
        widget=forms.RadioSelect,
        label=_("Arm of an ablation"),
        help_text=(
            _(
                "English and multilingual have the same pictures and as many "
                "examples. Native holds what people wrote, beside its English."
            )
        ),
    )
    english = forms.BooleanField(
        initial=True, required=False, label=_("With the English sources")
    )
    embed_images = forms.BooleanField(
        initial=True,
        required=False,
        label=_("With the pictures, not only their addresses"),
    )

    def __init__(self, project: Project, data: Mapping[str, Any] | None = None) -> None:
        datasets = project.datasets.order_by("name", "revision")
        named = {d.full_name: f"{d} ({d.licence})" for d in datasets}
        initial = {"languages": project.target_languages, "datasets": list(named)}
        super().__init__(data, initial=initial)
        for name, choices in (
            ("languages", project.languages),
            ("datasets", list(named.items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        if len(named) < 2:
            del self.fields["datasets"]

    def wish(self) -> dict[str, Any]:
        """The arguments of `exporting.ask`."""
        said = self.cleaned_data
        names = ("design", "languages", "english", "arm", "embed_images")
        wish = {name: said[name] for name in names}
        wish["test_share"] = (said["held_out"] or 0) / 100
        wish["datasets"] = said.get("datasets")
        # Hidden or not, the boxes of a training set come along as they are at first.
        if said["formats"] != self.fields["formats"].initial:
            wish["formats"] = said["formats"] or None
        return wish


class OtherReleaseForm(forms.Form):
    """Which of the others to compare a release with; none is the usual one."""

    use_required_attribute = False
    other = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Compare with"),
        error_messages={"invalid_choice": _("Choose a release of this project.")},
    )

    def __init__(self, others: Sequence[Release], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.others = others
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(other.number, _described(other)) for other in others]

    def chosen(self) -> Release | None:
        """None if nothing was chosen, or nothing that is there."""
        number = self.cleaned_data.get("other") if self.is_valid() else None
        return next((other for other in self.others if other.number == number), None)


def _described(release: Release) -> str:
    made = date(release.created_at, "DATE_FORMAT")
    return f"{release}, {release.get_design_display().lower()}, {made}"
