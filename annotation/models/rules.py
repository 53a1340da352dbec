"""What Postgres itself refuses, in the shapes that several tables share."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """The trigger by which Postgres refuses to change or delete a row."""
    return [
        pgtrigger.Protect(
            name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete
        )
    ]


def one_of(name: str, field: str, *values: str) -> models.CheckConstraint:
    """The constraint by which Postgres refuses a word that `field` does not know."""
    condition = Q(**{f"{field}__in": list(values)})
    return models.CheckConstraint(condition=condition, name=f"{name}_known_{field}")
