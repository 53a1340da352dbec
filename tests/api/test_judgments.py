from __future__ import annotations

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation import judging
from annotation.models import Project, User
from tests import factories
from tests.api.door import Door


def test_judgments_are_ones_own_newest_first(
    project: Project, ana: User, bao: User, ana_door: Door
) -> None:
    candidates = [
        factories.make_candidate(factories.make_item(project)) for _ in range(2)
    ]
    mine = [factories.judged(candidate, ana) for candidate in candidates]
    factories.judged(candidates[0], bao, note="Bao was here.")
    response = ana_door.get("judgments")
    shown = response.json()["results"]
    assert [row["id"] for row in shown] == [str(j.pk) for j in reversed(mine)]
    assert b"Bao" not in response.content


def test_replaced_judgments_stay_in_the_list(
    project: Project, ana: User, ana_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    first = factories.judged(candidate, ana)
    judging.correct(
        judgment=first,
        by=factories.viewer(ana),
        answer=factories.answer(candidate, "reject", id=uuid4()),
    )
    shown = ana_door.get("judgments").json()["results"]
    assert [row["replaces"] for row in shown] == [str(first.pk), None]


def test_list_costs_the_same_queries_whatever_its_length(
    project: Project, ana: User, ana_door: Door
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            candidate = factories.make_candidate(factories.make_item(project))
            factories.judged(candidate, ana)
        ana_door.get("judgments")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ana_door.get("judgments")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9
