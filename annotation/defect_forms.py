"""What people type when they report a defect, or look at one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotation.defects import MAX_WORDS
from annotation.models import Defect


class ReportForm(forms.Form):
    """What is wrong, and with what. Begins with nothing chosen."""

    use_required_attribute = False
    part = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Defect.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the image or the source text.")},
    )
    note = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=MAX_WORDS,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say in a sentence what is wrong with it.")},
    )


class LookForm(forms.Form):
    """What comes of a report."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("What comes of it?"),
        choices=[
            (Defect.Outcome.DISMISSED, _("Nothing wrong: hand the item out again")),
            (
                Defect.Outcome.CONFIRMED,
                _("It is defective: keep it out, in all languages"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes of it.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=MAX_WORDS,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        error_messages={"required": _("Give the reason in a few words.")},
    )
