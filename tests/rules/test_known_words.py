"""A column that knows a few words takes no other, whatever wrote it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from corpus.languages import NAMES

OURS = ("annotation", "quality")
#: Languages and events grow without a migration; the theme is a matter of taste; the
#: others are words of a wider constraint.
FREE = {
    "Event.kind",
    "User.theme",
    "AccessToken.role",
    "Image.state",
    "Measurement.by",
}


def columns_of_words():
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                words = [word for word, _ in getattr(field, "choices", None) or ()]
                named = f"{model.__name__}.{field.name}"
                if words and words != list(NAMES) and named not in FREE:
                    yield pytest.param(model, field.name, words, id=named)


@pytest.mark.parametrize(("model", "field", "words"), list(columns_of_words()))
def test_postgres_knows_the_words_that_the_model_knows(model, field, words):
    known = [
        constraint.condition.children
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and constraint.name.endswith(f"_known_{field}")
    ]
    assert known == [[(f"{field}__in", words)]]
