"""The upload of native texts, parsed and cleaned. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotation.models import Dataset, Project
from annotation.models.proposals import LONGEST_TERMS
from corpus.sources.native_texts import SUFFIX

TITLE = _("Native texts")


class NativeForm(forms.Form):
    """A file of texts that people wrote, and for which items and on which terms."""

    file = forms.FileField(
        label=_("File"),
        help_text=(
            _(
                "A .jsonl file: on each line the key of an item (or the image that "
                "the text was written for), the content in its kind, and an author "
                "if you like."
            )
        ),
        widget=forms.FileInput({"accept": SUFFIX}),
    )
    dataset: forms.ModelChoiceField[Dataset] = forms.ModelChoiceField(
        Dataset.objects.none(),
        label=_("Dataset"),
        empty_label=_("Choose a dataset"),
        help_text=_("Whose items the texts are for."),
    )
    language = forms.ChoiceField(label=_("Language"))
    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_TERMS["source"],
        help_text=_("The collection that the texts are from."),
    )
    licence = forms.CharField(
        label=_("Licence"),
        max_length=LONGEST_TERMS["licence"],
        help_text=_("Of the texts, as an SPDX identifier. A release names it."),
    )
    attribution = forms.CharField(
        label=_("Attribution"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Whom to credit; the source if left empty."),
    )
    strict = forms.BooleanField(
        required=False,
        label=_("All or nothing"),
        help_text=_("Import nothing if a single row is bad."),
    )

    def __init__(
        self,
        project: Project,
        datasets: QuerySet[Dataset],
        data: Mapping[str, Any] | None = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files)
        chosen, language = self.fields["dataset"], self.fields["language"]
        assert isinstance(chosen, forms.ModelChoiceField)
        assert isinstance(language, forms.ChoiceField)
        chosen.queryset = datasets
        language.choices = [("", _("Choose a language")), *project.languages]

    def clean_file(self) -> UploadedFile[Any]:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if Path(upload.name or "").suffix.lower() != SUFFIX:
            raise forms.ValidationError(
                _("%(title)s are read from a %(suffix)s file.")
                % {"title": TITLE, "suffix": SUFFIX}
            )
        return upload
