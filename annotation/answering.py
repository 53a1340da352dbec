"""What an answer must hold, whoever gives it: a person or a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from annotation.errors import Invalid
from annotation.models import Criterion, Judgment, Rubric

Verdict = Judgment.Verdict


def criteria_for(rubric: Rubric, kind: str) -> list[Criterion]:
    """The criteria of `rubric` that apply to a content kind, in order."""
    return [c for c in rubric.criteria.all() if c.applies_to(kind)]


def check_answer(
    verdict: str, ratings: Mapping[str, int], criteria: Sequence[Criterion]
) -> None:
    """Raise Invalid unless the verdict is one and the ratings answer the criteria.

    `ratings` are values by the criterion's code. Who cannot judge may leave all out.
    """
    if verdict not in Verdict.values:
        raise Invalid(_("Choose a verdict."))
    by_code = {criterion.code: criterion for criterion in criteria}
    for code, value in ratings.items():
        if code not in by_code:
            raise Invalid(
                _("%(code)s: this rubric does not ask that here.") % {"code": code}
            )
        if value not in by_code[code].values:
            raise Invalid(
                _("%(question)s Choose one of the answers.")
                % {"question": by_code[code].question}
            )
    if verdict == Verdict.CANNOT_JUDGE:
        return
    for criterion in criteria:
        if criterion.required and criterion.code not in ratings:
            raise Invalid(
                _("%(question)s This needs an answer.")
                % {"question": criterion.question}
            )
