"""Ten items of all five kinds, and what Ana says about each."""

from __future__ import annotations

from collections.abc import Iterator

from annotation.models import Candidate, Judgment, Project
from tests import factories

VERDICTS = ("accept", "accept_with_edits", "reject", "cannot_judge")
ADDED = "Also: "


def make_ten(project: Project) -> dict[int, str]:
    """Two candidates of each kind; by candidate the verdict Ana will give."""
    kinds = [*factories.CONTENTS, *factories.CONTENTS]
    candidates = [
        factories.make_candidate(factories.make_item(project, kind), "de")
        for kind in kinds
    ]
    return {c.pk: VERDICTS[n % 4] for n, c in enumerate(candidates)}


def best_points(candidate: Candidate) -> Iterator[int]:
    """The place, from 1, of the best point of each criterion, in the page's order."""
    yield from (4, 4)
    yield 2 if candidate.item.kind in ("multiple_choice", "yes_no") else 1


def check_ten(plan: dict[int, str]) -> None:
    """Exactly these ten answers are in the database, ratings and edits included."""
    judgments = list(Judgment.objects.select_related("candidate__item"))
    assert {j.candidate_id: j.verdict for j in judgments} == plan
    assert len(judgments) == 10
    for judgment in judgments:
        kind = judgment.candidate.item.kind
        given = {r.criterion.code: r.value for r in judgment.ratings.all()}
        expected = factories.good_ratings(judgment.candidate.project, kind)
        assert given == expected, judgment.candidate
        first = next(text for _, text in judgment.candidate.content.texts())
        if judgment.verdict == "accept_with_edits":
            edited = type(judgment.candidate.content).parse(judgment.edited_json)
            assert next(text for _, text in edited.texts()) == ADDED + first
        else:
            assert judgment.edited_json is None
