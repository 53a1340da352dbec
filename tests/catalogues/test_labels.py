"""What forms and choices are called is marked: Django makes up a name for the others."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.functional import Promise

from annotation.forms import ProfileForm
from annotation.models import (
    AccessToken,
    Candidate,
    Defect,
    Job,
    Judgment,
    Role,
    Span,
    User,
)
from quality.models import Decision, Measurement, Release, Ruling
from tests.rules.source import modules

CHOICES = (
    AccessToken.Scope,
    Candidate.Origin,
    Decision.Outcome,
    Defect.Outcome,
    Defect.Part,
    Job.Kind,
    Job.State,
    Judgment.Verdict,
    Measurement.By,
    Release.Design,
    Role,
    Ruling.Outcome,
    Span.Side,
    User.Theme,
)


def _forms() -> Iterator[type[forms.BaseForm]]:
    for name, _, _ in modules("annotation", "quality"):
        if name.endswith("forms") or name.endswith("_form"):
            for found in vars(importlib.import_module(name)).values():
                if isinstance(found, type) and issubclass(found, forms.BaseForm):
                    yield found


def test_every_field_has_a_label_that_is_marked() -> None:
    found = set(_forms())
    assert len(found) > 10
    bare = {
        f"{form.__name__}.{name}"
        for form in found - {AuthenticationForm, ProfileForm, forms.Form}
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden and not isinstance(field.label, Promise)
    }
    assert bare == set()


@pytest.mark.parametrize("choices", CHOICES, ids=lambda choices: choices.__qualname__)
def test_every_choice_that_a_page_shows_is_marked(choices: type) -> None:
    assert all(isinstance(choice._label_, Promise) for choice in choices)


def test_the_languages_of_the_pages_are_named_in_themselves() -> None:
    named = User.Language.GERMAN.label, User.Language.FRENCH.label
    assert named == ("Deutsch", "Français")
