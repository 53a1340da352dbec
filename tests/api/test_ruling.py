from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import Candidate, Event, Project, User
from quality.models import Decision, Ruling
from tests import factories
from tests.api.door import Door
from tests.api.test_contested import contested

__all__ = ["contested"]

TEXT = {"caption": "Un bus rouge attend à son arrêt."}


def ruled(door: Door, candidate: Candidate, **body: Any) -> Any:
    return door.post(f"candidates/{candidate.pk}/ruling", body)


def test_ruling_settles_a_candidate_with_its_text(
    contested: Candidate, adam: User, adam_door: Door
) -> None:
    own = contested.content_json
    response = ruled(
        adam_door, contested, outcome="accept", content=own, reason="Right."
    )
    assert response.status_code == 201, response.content
    ruling = Ruling.objects.get()
    assert (ruling.adjudicator, ruling.content_json) == (adam, own)
    assert response.json()["content"] == own
    decision = Decision.objects.current().get(candidate=contested)
    assert (decision.outcome, decision.content_json) == ("accepted", own)
    assert Event.objects.get(kind=Event.Kind.RULED).token == adam_door.token


def test_ruling_with_another_text_names_what_takes_its_place(
    contested: Candidate, adam_door: Door
) -> None:
    ruled(adam_door, contested, outcome="accept", content=TEXT, reason="Mended.")
    new = contested.revised_by.get()
    shown = adam_door.get(f"candidates/{contested.pk}").json()
    assert (shown["revises"], shown["revised_by"]) == (None, new.pk)
    assert (new.content_json, new.editors.get().judgment) == (TEXT, None)


def test_rejection_needs_no_text(contested: Candidate, adam_door: Door) -> None:
    response = ruled(adam_door, contested, outcome="reject", reason="Beyond repair.")
    assert response.status_code == 201
    assert response.json()["content"] is None
    assert Decision.objects.current().get().outcome == "rejected"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"outcome": "accept", "reason": "Right."}, 422),
        ({"outcome": "accept", "reason": "Right.", "content": {"poem": "x"}}, 422),
        ({"outcome": "maybe", "reason": "Hm."}, 400),
        ({"outcome": "reject", "reason": ""}, 400),
        ({"outcome": "reject"}, 400),
    ],
)
def test_ruling_that_says_too_little_is_refused(
    contested: Candidate, adam_door: Door, body: dict[str, Any], status: int
) -> None:
    assert ruled(adam_door, contested, **body).status_code == status
    assert not Ruling.objects.exists()


def test_second_ruling_is_refused(contested: Candidate, adam_door: Door) -> None:
    ruled(adam_door, contested, outcome="reject", reason="Wrong.")
    again = ruled(adam_door, contested, outcome="reject", reason="Wrong.")
    assert again.status_code == 409
    assert Ruling.objects.count() == 1


def test_nobody_rules_on_an_item_of_their_own(
    contested: Candidate, project: Project, bao: User, door_of: Callable[..., Door]
) -> None:
    factories.enrol(bao, project, "adjudicator")
    door = door_of("adjudicator", bao)
    response = ruled(door, contested, outcome="reject", reason="I said so.")
    assert response.status_code == 403
    assert "judged this item yourself" in response.json()["detail"]
    assert not Ruling.objects.exists()
