"""The doors of drafts and items ahead: of a script, and of a page without one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Assignment, Candidate, Draft, Project, User
from tests import factories

SCRIPT = {"Prefer": "return=minimal"}


@pytest.fixture
def candidate(project: Project) -> Candidate:
    return factories.make_candidate(factories.make_item(project))


@pytest.fixture
def held(candidate: Candidate, ana: User) -> Assignment:
    return factories.assign(candidate, ana)


@pytest.fixture
def client(ana: User, logged_in: Any) -> Client:
    found: Client = logged_in(ana)
    return found


def door(held: Assignment) -> str:
    return reverse("draft", args=[held.pk])


def test_a_draft_without_scripts_is_kept_and_comes_back_in_the_page(
    client: Client, held: Assignment
) -> None:
    typed = {"rating-adequacy": "3", "verdict": "reject", "note": "Der <Bus>"}
    said = client.post(door(held), typed, follow=True)
    assert "Your draft is kept." in said.content.decode()
    page = client.get(reverse("judge", args=[held.pk])).content.decode()
    assert page.count(" checked") == 2
    assert "Der &lt;Bus&gt;</textarea>" in page
    assert "csrfmiddlewaretoken" not in Draft.objects.get().fields


def test_an_edited_text_in_a_draft_comes_back_and_is_open(
    client: Client, held: Assignment
) -> None:
    typed = {"edit-0": "Ein  Bus.\n", "verdict": "accept_with_edits"}
    client.post(door(held), typed)
    page = client.get(reverse("judge", args=[held.pk])).content.decode()
    assert "Ein  Bus.\n</textarea>" in page
    assert '<details class="edits" open>' in page


def test_the_id_of_the_answer_stays_the_same_with_its_draft(
    client: Client, held: Assignment
) -> None:
    made = "6f0a3a0e-31a5-4d52-9f0d-0d2b1a3c4e5f"
    client.post(door(held), {"id": made})
    assert made in client.get(reverse("judge", args=[held.pk])).content.decode()


def test_a_script_is_told_the_counter_and_what_is_newer(
    client: Client, held: Assignment
) -> None:
    new = client.post(door(held), {"note": "b", "counter": "9"}, headers=SCRIPT)
    assert (new.status_code, new.json()) == (200, {"counter": 9, "told": ""})
    old = client.post(door(held), {"note": "a", "counter": "8"}, headers=SCRIPT)
    assert (old.status_code, old.json()["counter"]) == (409, 9)
    assert "kept a newer draft" in old.json()["detail"]


@pytest.mark.parametrize("counter", ["-1", "1.5", "²", "9" * 21, "9007199254740993"])
def test_a_counter_that_is_none_is_refused_in_a_sentence(
    client: Client, held: Assignment, counter: str
) -> None:
    said = client.post(door(held), {"counter": counter}, headers=SCRIPT)
    assert said.status_code == 422
    assert "counter of a draft" in said.json()["detail"]


def test_a_draft_of_an_answered_item_is_refused_with_the_reason(
    client: Client, held: Assignment, ana: User
) -> None:
    factories.judged(held.candidate, ana)
    said = client.post(door(held), {"note": "late"}, headers=SCRIPT)
    assert said.status_code == 409
    assert said.json() == {"detail": "You have already answered this item."}


def test_a_draft_of_somebody_else_does_not_exist(
    held: Assignment, bao: User, logged_in: Any
) -> None:
    said = logged_in(bao).post(door(held), {"note": "mine"}, headers=SCRIPT)
    assert said.status_code == 404
    assert not Draft.objects.exists()


def test_an_answer_of_a_script_is_taken_without_a_page(
    client: Client, held: Assignment
) -> None:
    factories.make_candidate(factories.make_item(held.candidate.project))
    said = factories.answer(held.candidate)
    fields = {f"rating-{code}": value for code, value in said.ratings.items()}
    texts = {"edit-0": held.candidate.content_json["caption"], "spent": "0"}
    address = reverse("judge", args=[held.pk])
    sent = {**fields, **texts, "id": str(said.id)}
    refused = client.post(address, sent, headers=SCRIPT)
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "Choose a verdict.",
    )
    for _ in "ab":
        taken = client.post(address, sent | {"verdict": "accept"}, headers=SCRIPT)
        assert (taken.status_code, taken.json()) == (200, {"told": ""})
    # Nothing was claimed by it, and nothing waits to be said on the next page.
    assert not Assignment.objects.filter(ended_at=None).exists()
    assert b"Saved." not in client.get(reverse("home")).content


def test_looking_ahead_tells_the_addresses_of_what_one_holds(
    client: Client, held: Assignment
) -> None:
    factories.make_candidate(factories.make_item(held.candidate.project))
    said = client.post(reverse("ahead", args=["demo", "de"])).json()
    mine = Assignment.objects.filter(ended_at=None).order_by("leased_at")
    assert said == {"items": [reverse("judge", args=[one.pk]) for one in mine]}
    assert len(said["items"]) == 2
    page = client.get(reverse("queue", args=["demo", "de"])).content.decode()
    assert "Waiting for you: 2 items." in page


def test_undo_leads_to_the_last_answer_whichever_that_is(
    client: Client, project: Project, ana: User
) -> None:
    address = reverse("undo", args=["demo", "de"])
    assert client.get(address)["Location"] == reverse("queue", args=["demo", "de"])
    for _ in "ab":
        item = factories.make_item(project)
        judgment = factories.judged(factories.make_candidate(item), ana)
        correct = reverse("correct", args=[judgment.pk])
        assert client.get(address)["Location"] == f"{correct}?then=queue"


def test_the_judging_page_goes_over_the_wire_compressed(
    client: Client, held: Assignment
) -> None:
    address = reverse("judge", args=[held.pk])
    plain, packed = (
        client.get(address, headers={"Accept-Encoding": way})
        for way in ("identity", "gzip")
    )
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
