"""Looking for one's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from annotation.models import Judgment, Project
from corpus.languages import NAMES


class SearchForm(forms.Form):
    """Words of the candidate, its source, the note or the item's key; and a verdict."""

    use_required_attribute = False
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("", _("Any verdict")), *Judgment.Verdict.choices],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, project: Project, typed: Mapping[str, Any]) -> None:
        super().__init__(typed)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [
            ("", _("Any language")),
            *((code, _(NAMES[code])) for code in project.target_languages),
        ]
        self.full_clean()

    @property
    def wanted(self) -> dict[str, str]:
        """What was asked for; what makes no sense asks for nothing."""
        return {name: said for name, said in self.cleaned_data.items() if said}

    def among(self, answers: QuerySet[Judgment]) -> QuerySet[Judgment]:
        wanted = self.wanted
        if verdict := wanted.get("verdict"):
            answers = answers.filter(verdict=verdict)
        if language := wanted.get("language"):
            answers = answers.filter(candidate__language=language)
        for word in wanted.get("q", "").split():
            answers = answers.alias(
                text=Cast("candidate__content_json", TextField()),
                source=Cast("candidate__item__content_json", TextField()),
            ).filter(
                Q(text__icontains=word)
                | Q(source__icontains=word)
                | Q(note__icontains=word)
                | Q(candidate__item__key__icontains=word)
            )
        return answers
