"""Whoever leaves a project opens nothing of it any more; what they said stays."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotation import assigning, enrolling, leaving
from annotation.errors import Conflict, NotAllowed
from annotation.models import Assignment, Event, Judgment, Membership, Slot
from tests.api.door import Door
from tests.factories import (
    assign,
    enrol,
    judged,
    make_candidate,
    make_item,
    make_user,
    viewer,
)


@pytest.fixture
def held(project, ana):
    """Ana holds one item; of another she has said what she thinks."""
    judged(make_candidate(make_item(project)), ana)
    return assign(make_candidate(make_item(project)), ana)


def role(person, name="annotator"):
    return Membership.objects.get(user=person, role=name)


def test_access_is_gone_at_once(project, held, ana, lena, logged_in):
    _, secret = enrolling.make_token(
        project=project, role="annotator", name="script", by=lena, user=ana
    )
    door, page = Door(secret), logged_in(ana)
    addresses = [
        reverse("judge", args=[held.pk]),
        reverse("queue", args=["demo", "de"]),
    ]
    assert {page.get(address).status_code for address in addresses} == {200}
    assert door.get("judgments").status_code == 200
    logged_in(lena).post(reverse("member_end", args=["demo", role(ana).pk]))
    assert {page.get(address).status_code for address in addresses} == {404}
    assert door.get("judgments").status_code == 401
    with pytest.raises(NotAllowed):
        assigning.claim(project=project, language="de", by=viewer(ana))


def test_what_they_held_goes_to_somebody_else_and_what_they_said_stays(
    project, held, ana, bao, lena
):
    assert leaving.end(membership=role(ana), by=lena) == 1
    held.refresh_from_db()
    assert held.ending == Assignment.Ending.EXPIRED
    assert Slot.objects.get(pk=held.slot_id).state == Slot.State.OPEN
    assert not Slot.objects.filter(state=Slot.State.LEASED).exists()
    assert Judgment.objects.get().annotator == ana
    assert assign(held.candidate, bao).slot.candidate_id == held.candidate_id


def test_the_end_is_written_down_once(project, held, ana, lena):
    membership = role(ana)
    leaving.end(membership=membership, by=lena)
    assert leaving.end(membership=membership, by=lena) == 0
    event = Event.objects.get(kind=Event.Kind.MEMBERSHIP_ENDED)
    assert (event.user, event.project) == (lena, project)
    since = event.detail.pop("since")
    assert since == membership.created_at.isoformat()
    assert event.detail == {
        "person": "ana",
        "role": "annotator",
        "languages": ["de", "fr"],
        "returned": 1,
    }


def test_another_role_and_another_project_stay(project, held, ana, olga, lena):
    enrol(ana, project, "adjudicator")
    enrol(ana, olga.memberships.first().project, "annotator", ["de"])
    assert leaving.end(membership=role(ana, "adjudicator"), by=lena) == 0
    held.refresh_from_db()
    assert held.ended_at is None
    leaving.end(membership=Membership.objects.get(project=project, user=ana), by=lena)
    assert viewer(ana).projects() == [olga.memberships.first().project_id]


def test_whoever_comes_back_may_meet_the_item_again(project, held, ana, lena):
    leaving.end(membership=role(ana), by=lena)
    enrol(ana, project, "annotator", ["de"])
    assert assign(held.candidate, ana).candidate_id == held.candidate_id


def test_the_only_lead_stays(project, lena, logged_in):
    only = role(lena, "lead")
    with pytest.raises(Conflict, match="needs a lead"):
        leaving.end(membership=only, by=lena)
    enrol(make_user("dora"), project, "lead")
    address = reverse("member_end", args=["demo", only.pk])
    gone = logged_in(lena).post(address)
    assert gone["Location"] == reverse("home")
    assert [m.user.username for m in Membership.objects.filter(role="lead")] == ["dora"]


def test_a_member_of_another_project_is_not_found(project, lena, olga, logged_in):
    theirs = olga.memberships.get(role="annotator")
    address = reverse("member_end", args=["demo", theirs.pk])
    assert logged_in(lena).post(address).status_code == 404
    assert Membership.objects.filter(pk=theirs.pk).exists()


def test_the_overview_offers_the_end_and_says_what_came_back(
    held, ana, lena, logged_in
):
    client = logged_in(lena)
    address = reverse("member_end", args=["demo", role(ana).pk])
    overview = client.get(reverse("project", args=["demo"])).content.decode()
    assert address in overview
    assert overview.count("A project needs a lead") == 1
    page = client.post(address, follow=True).content.decode()
    said = "Ana no longer has the role Annotator here. 1 item goes back into the queue."
    assert said in page


def test_the_command_ends_a_role(held, ana):
    out = StringIO()
    call_command("end_membership", "demo", "ana", "annotator", stdout=out)
    assert "1 item goes back into the queue." in out.getvalue()
    with pytest.raises(CommandError, match="ana is not annotator of Project demo"):
        call_command("end_membership", "demo", "ana", "annotator")
