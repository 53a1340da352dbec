from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotation.models import Assignment, Candidate, Event, Judgment, Project, User
from tests import factories
from tests.api.door import Door


@pytest.fixture
def held(project: Project, ana: User) -> Assignment:
    item = factories.make_item(project)
    return factories.assign(factories.make_candidate(item), ana)


def said(assignment: Assignment, **changes: Any) -> dict[str, Any]:
    candidate = assignment.candidate
    ratings = factories.good_ratings(candidate.project, candidate.item.kind)
    return {"verdict": "accept", "ratings": ratings, "note": "Fine."} | changes


def put(door: Door, held: Assignment, body: dict[str, Any], name: Any = None) -> Any:
    return door.put(f"assignments/{held.pk}/judgments/{name or uuid4()}", body)


def test_submit_keeps_the_answer_under_the_clients_id(
    held: Assignment, ana: User, ana_door: Door
) -> None:
    name = uuid4()
    response = put(ana_door, held, said(held), name)
    assert response.status_code == 200
    judgment = Judgment.objects.get()
    assert (judgment.pk, judgment.annotator) == (name, ana)
    shown = response.json()
    assert shown["id"] == str(name)
    assert shown["assignment"] == str(held.pk)
    assert (shown["verdict"], shown["note"]) == ("accept", "Fine.")
    assert shown["ratings"] == said(held)["ratings"]
    assert (shown["counted"], shown["replaces"], shown["edited"]) == (True, None, None)


def test_same_submit_twice_is_one_judgment_and_the_same_answer(
    held: Assignment, ana_door: Door
) -> None:
    name = uuid4()
    first = put(ana_door, held, said(held), name)
    second = put(ana_door, held, said(held), name)
    assert (second.status_code, second.content) == (200, first.content)
    assert Judgment.objects.count() == 1


def test_same_id_with_another_answer_is_a_conflict(
    held: Assignment, ana_door: Door
) -> None:
    name = uuid4()
    put(ana_door, held, said(held), name)
    other = put(ana_door, held, said(held, verdict="reject"), name)
    assert other.status_code == 409
    assert Judgment.objects.get().verdict == "accept"


def test_second_answer_under_another_id_is_a_conflict(
    held: Assignment, ana_door: Door
) -> None:
    put(ana_door, held, said(held))
    assert put(ana_door, held, said(held)).status_code == 409
    assert Judgment.objects.count() == 1


def test_edited_text_is_kept(held: Assignment, ana_door: Door) -> None:
    edited = {"caption": "Ein roter Bus steht an der Haltestelle."}
    body = said(held, verdict="accept_with_edits", edited=edited)
    assert put(ana_door, held, body).json()["edited"] == edited
    assert Judgment.objects.get().edited_json == edited


@pytest.mark.parametrize(
    "change",
    [
        {"ratings": {}},
        {"ratings": {"adequacy": 99, "fluency": 4, "ungrounded": 0}},
        {"ratings": {"adequacy": 4, "fluency": 4, "ungrounded": 0, "beauty": 1}},
        {"verdict": "accept_with_edits"},
        {"verdict": "accept_with_edits", "edited": {"caption": ""}},
        {"verdict": "accept_with_edits", "edited": {"question": "Other?"}},
        {"verdict": "accept_with_edits", "edited": {"caption": "\x00"}},
    ],
)
def test_answer_that_breaks_a_rule_is_refused_with_a_sentence(
    held: Assignment, ana_door: Door, change: dict[str, Any]
) -> None:
    response = put(ana_door, held, said(held, **change))
    assert response.status_code == 422
    assert len(response.json()["detail"]) > 10
    assert not Judgment.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdict": "perhaps"}, "verdict"),
        ({"ratings": [1]}, "ratings"),
        ({"ratings": {"adequacy": "best"}}, "ratings"),
        ({"ratings": {"adequacy": 10**9}}, "ratings"),
        ({"note": "a NUL \x00"}, "note"),
        ({"note": "half a pair \ud800"}, "note"),
        ({"edited": "text"}, "edited"),
    ],
)
def test_malformed_answer_names_its_field(
    held: Assignment, ana_door: Door, change: dict[str, Any], field: str
) -> None:
    response = put(ana_door, held, said(held, **change))
    assert response.status_code == 400
    assert list(response.json()) == [field]


def test_fields_nobody_asked_for_change_nothing(
    held: Assignment, bao: User, ana: User, ana_door: Door
) -> None:
    body = said(held, annotator=bao.pk, seconds=1, slot=None, created_at="2001-01-01")
    assert put(ana_door, held, body).status_code == 200
    judgment = Judgment.objects.get()
    assert judgment.annotator == ana
    assert judgment.slot == held.slot
    assert judgment.created_at.year > 2001


def test_submit_to_somebody_elses_assignment_is_not_found(
    project: Project, bao: User, ana_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    theirs = factories.assign(candidate, bao)
    assert put(ana_door, theirs, said(theirs)).status_code == 404


def test_event_names_the_token(held: Assignment, ana_door: Door) -> None:
    put(ana_door, held, said(held))
    event = Event.objects.get(kind=Event.Kind.JUDGED)
    assert event.token == ana_door.token


def test_last_judgment_completes_the_candidate(
    project: Project, ana: User, bao: User, chris: User, ana_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, bao)
    factories.judged(candidate, chris)
    held = factories.assign(candidate, ana)
    put(ana_door, held, said(held))
    assert Candidate.objects.get().complete_at is not None


MARK = {
    "side": "candidate",
    "field": "caption",
    "start": 4,
    "end": 9,
    "words": "roter",
    "category": "attribute",
    "severity": "major",
    "region": [0.1, 0.25, 0.3333, 0.5],
}


def test_marked_errors_are_kept_and_shown_as_they_were_sent(
    held: Assignment, ana_door: Door
) -> None:
    bare = MARK | {"category": "count"}
    del bare["region"]
    shown = put(ana_door, held, said(held, spans=[MARK, bare])).json()["spans"]
    assert shown == [MARK, bare | {"region": None}]
    assert ana_door.get("judgments").json()["results"][0]["spans"] == shown


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"end": 10}, 422),
        ({"words": "rot"}, 422),
        ({"category": "style"}, 400),
        ({"region": [0, 0, 1]}, 400),
        ({"region": [0.5, 0, 1, 1]}, 422),
        ({"start": 10**18, "end": 10**19}, 422),
    ],
)
def test_mark_that_does_not_fit_is_refused(
    held: Assignment, ana_door: Door, changes: dict[str, Any], status: int
) -> None:
    response = put(ana_door, held, said(held, spans=[MARK | changes]))
    assert response.status_code == status
    assert not Judgment.objects.exists()
