from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotation.models import Judgment, Project, User
from annotation.settling import settle
from tests import factories
from tests.api.door import Door


@pytest.fixture
def first(project: Project, ana: User) -> Judgment:
    candidate = factories.make_candidate(factories.make_item(project))
    return factories.judged(candidate, ana)


def body(**changes: Any) -> dict[str, Any]:
    ratings = {"adequacy": 1, "fluency": 2, "ungrounded": 1}
    return {"verdict": "reject", "ratings": ratings} | changes


def put(door: Door, judgment: Judgment, said: dict[str, Any], name: Any = None) -> Any:
    return door.put(f"judgments/{judgment.pk}/correction/{name or uuid4()}", said)


def test_correction_is_a_new_judgment_that_names_the_old(
    first: Judgment, ana_door: Door
) -> None:
    response = put(ana_door, first, body())
    assert response.status_code == 200
    shown = response.json()
    assert (shown["verdict"], shown["replaces"]) == ("reject", str(first.pk))
    assert shown["ratings"] == body()["ratings"]
    first.refresh_from_db()
    assert first.verdict == "accept"
    assert list(Judgment.objects.current()) == [Judgment.objects.get(pk=shown["id"])]


def test_same_correction_twice_is_one(first: Judgment, ana_door: Door) -> None:
    name = uuid4()
    once = put(ana_door, first, body(), name)
    twice = put(ana_door, first, body(), name)
    assert (twice.status_code, twice.content) == (200, once.content)
    assert Judgment.objects.count() == 2


def test_same_id_with_another_correction_is_a_conflict(
    first: Judgment, ana_door: Door
) -> None:
    name = uuid4()
    put(ana_door, first, body(), name)
    assert put(ana_door, first, body(note="More."), name).status_code == 409


def test_second_correction_of_the_same_judgment_is_a_conflict(
    first: Judgment, ana_door: Door
) -> None:
    put(ana_door, first, body())
    assert put(ana_door, first, body()).status_code == 409


def test_judgment_of_somebody_else_is_not_found(
    project: Project, bao: User, ana_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    theirs = factories.judged(candidate, bao)
    assert put(ana_door, theirs, body()).status_code == 404
    assert Judgment.objects.count() == 1


def test_settled_answer_stays(first: Judgment, ana_door: Door) -> None:
    settle(first.candidate_id)
    response = put(ana_door, first, body())
    assert response.status_code == 409
    assert "settled" in response.json()["detail"]
