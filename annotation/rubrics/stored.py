"""Rubrics as rows, and the words of a row."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from annotation.errors import Invalid
from annotation.models import Criterion, Rubric
from annotation.rubrics.ready import READY, Ready
from annotation.rubrics.wording import Wording, read


def standard() -> Rubric:
    """The rubric of a project that asks for no other."""
    return ready("standard")


@transaction.atomic
def ready(name: str) -> Rubric:
    """A ready rubric by its name in READY, made on first use. Raises Invalid."""
    chosen = _known(name)
    rubric, made = Rubric.objects.get_or_create(
        name=chosen.name,
        version=chosen.version,
        defaults={"guideline": chosen.guideline},
    )
    if made:
        Criterion.objects.bulk_create(
            Criterion(rubric=rubric, order=order, **criterion)
            for order, criterion in enumerate(chosen.criteria, 1)
        )
    return rubric


def wording_of_ready(name: str) -> Wording:
    """What a ready rubric asks, whether it is stored or not. Raises Invalid."""
    chosen = _known(name)
    return read({"guideline": chosen.guideline, "criteria": list(chosen.criteria)})


def wording_of(rubric: Rubric) -> Wording:
    """What a stored rubric asks."""
    criteria = [
        {
            "code": criterion.code,
            "question": criterion.question,
            "help": criterion.help,
            "scale": criterion.scale,
            "points": criterion.points,
            "kinds": criterion.kinds,
            "required": criterion.required,
        }
        for criterion in rubric.criteria.all()
    ]
    return Wording(rubric.guideline.strip(), rubric.guidelines, criteria)


def _known(name: str) -> Ready:
    if name not in READY:
        raise Invalid(
            _("%(name)s is none of the ready rubrics: %(ready)s.")
            % {"name": repr(name), "ready": ", ".join(READY)}
        )
    return READY[name]
