from __future__ import annotations

import pytest

from annotation.models import Candidate, Project, User
from quality import adjudicating
from tests import factories
from tests.api.door import Door


@pytest.fixture
def contested(project: Project, ana: User, bao: User, chris: User) -> Candidate:
    candidate = factories.make_candidate(factories.make_item(project), "fr")
    factories.judged(candidate, ana, "accept", note="Reads well.")
    factories.judged(candidate, bao, "reject", note="Wrong number.")
    factories.judged(candidate, chris, "cannot_judge")
    adjudicating.decide(candidate.pk)
    candidate.refresh_from_db()
    return candidate


def test_contested_candidates_are_listed_with_the_reason(
    contested: Candidate, adam_door: Door
) -> None:
    (row,) = adam_door.get("projects/demo/contested").json()["results"]
    assert row["candidate"] == contested.pk
    assert (row["language"], row["kind"]) == ("fr", "caption")
    assert "no majority" in row["reason"]


def test_incomplete_candidates_are_not_listed(
    project: Project, ana: User, adam_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana, "reject")
    assert adjudicating.decide(candidate.pk) is None
    assert adam_door.get("projects/demo/contested").json()["count"] == 0


def test_contested_of_another_project_is_not_found(olga: User, adam_door: Door) -> None:
    assert adam_door.get("projects/elsewhere/contested").status_code == 404
