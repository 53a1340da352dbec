"""Which model a lead asks for its judgments, and of which candidates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.models.generation import LONGEST_JUDGE


class MachineForm(forms.Form):
    """A model by the name that its worker gives it, and one language or all."""

    use_required_attribute = False
    judge = forms.CharField(
        max_length=LONGEST_JUDGE,
        label=_("Model"),
        help_text=(
            _(
                "Its name as the worker gives it, or name@revision for one revision alone."
            )
        ),
        error_messages={"required": _("Give the name of the model that is to judge.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, project: Project, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("All languages")), *project.languages]

    @property
    def languages(self) -> list[str]:
        """The one that was chosen, none for all."""
        chosen = self.cleaned_data["language"]
        return [chosen] if chosen else []
