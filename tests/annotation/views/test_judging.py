"""The judging screen, from the first claim to the empty queue."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from annotation.models import Assignment, Candidate, Judgment, Slot
from tests import factories


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


def typed(candidate: Candidate, verdict: str = "accept", **changes: Any):
    ratings = factories.good_ratings(candidate.project, candidate.item.kind)
    texts = [text for _, text in candidate.content.texts()]
    return {
        "id": str(uuid4()),
        "verdict": verdict,
        **{f"rating-{code}": value for code, value in ratings.items()},
        **{f"edit-{n}": text for n, text in enumerate(texts)},
        **changes,
    }


def claim(client, candidate) -> str:
    """The address that pressing Start leads to."""
    address = reverse("queue", args=[candidate.project.code, candidate.language])
    return client.post(address)["Location"]


def test_looking_at_a_queue_claims_nothing(ana, candidate, logged_in):
    response = logged_in(ana).get(reverse("queue", args=["demo", "de"]))

    assert response.status_code == 200
    assert b"Start judging" in response.content
    assert not Assignment.objects.exists()


def test_starting_claims_and_leads_to_the_item(ana, candidate, logged_in):
    response = logged_in(ana).post(reverse("queue", args=["demo", "de"]))

    held = Assignment.objects.get()
    assert response.status_code == 303
    assert response["Location"] == reverse("judge", args=[held.pk])


def test_a_queue_of_another_language_is_refused(ana, candidate, logged_in):
    response = logged_in(ana).post(reverse("queue", args=["demo", "it"]))

    assert response.status_code == 403
    assert b"You are not enrolled for Italian" in response.content


def test_an_empty_queue_is_friendly(ana, project, logged_in):
    response = logged_in(ana).post(reverse("queue", args=["demo", "de"]), follow=True)

    assert response.status_code == 200
    assert b"That was all for now" in response.content


def test_the_screen_shows_both_texts_in_their_languages(ana, candidate, logged_in):
    client = logged_in(ana)

    page = client.get(claim(client, candidate)).content.decode()

    assert 'lang="en" dir="auto">A red bus waits at the stop.</p>' in page
    assert 'lang="de" dir="auto">Ein roter Bus wartet an der Haltestelle.</p>' in page
    assert reverse("image", args=[candidate.item.image.sha256]) in page


def test_nothing_is_chosen_beforehand(ana, candidate, logged_in):
    client = logged_in(ana)

    page = client.get(claim(client, candidate)).content.decode()

    assert 'type="radio"' in page
    assert "checked" not in page


@pytest.mark.parametrize(
    ("kind", "marked"),
    [("multiple_choice", ["red", "rot"]), ("yes_no", ["Yes", "Ja"])],
)
def test_the_key_is_marked_on_both_sides(kind, marked, ana, project, logged_in):
    candidate = factories.make_candidate(factories.make_item(project, kind))
    client = logged_in(ana)

    page = client.get(claim(client, candidate)).content.decode()

    keys = re.findall(r'class="side key">.*?dir="auto">(.*?)</p>', page, re.DOTALL)
    assert keys == marked


def test_findings_are_shown_where_they_belong(ana, project, logged_in):
    found = {"check": "numbers", "severity": "warn", "start": 4, "end": 9}
    at_text = found | {"field": "caption", "message": "Not the same colour."}
    elsewhere = found | {"field": "turns", "message": "One turn fewer."}
    candidate = factories.make_candidate(
        factories.make_item(project), findings=[at_text, elsewhere]
    )
    client = logged_in(ana)

    page = client.get(claim(client, candidate)).content.decode()

    assert "Ein <mark>roter</mark> Bus" in page
    assert "Not the same colour." in page
    assert "Turns: One turn fewer." in page


def test_saving_writes_the_answer_and_goes_on(ana, candidate, logged_in):
    other = factories.make_candidate(factories.make_item(candidate.project))
    client = logged_in(ana)
    address = claim(client, candidate)

    response = client.post(address, typed(candidate, note="fine"), follow=True)

    judgment = Judgment.objects.get()
    assert (judgment.annotator, judgment.verdict, judgment.note) == (
        ana,
        "accept",
        "fine",
    )
    assert Assignment.objects.get(ended_at=None).candidate == other
    page = response.content.decode()
    assert "Saved." in page
    assert reverse("undo", args=["demo", "de"]) in page
    assert "1 judged by you" in page


def test_saving_the_last_item_leads_to_the_empty_queue(ana, candidate, logged_in):
    client = logged_in(ana)

    response = client.post(
        claim(client, candidate), typed(candidate, "reject"), follow=True
    )

    assert b"That was all for now" in response.content


def test_the_same_page_sent_twice_is_one_judgment(ana, candidate, logged_in):
    client = logged_in(ana)
    address, fields = claim(client, candidate), typed(candidate)

    first, second = client.post(address, fields), client.post(address, fields)

    assert first.status_code == second.status_code == 303
    assert Judgment.objects.count() == 1


def test_a_second_other_answer_is_a_conflict(ana, candidate, logged_in):
    client = logged_in(ana)
    address = claim(client, candidate)
    client.post(address, typed(candidate))

    response = client.post(address, typed(candidate, "reject"))

    assert response.status_code == 409
    assert b"You have already answered this item." in response.content


def test_a_form_that_fails_keeps_all_that_was_typed(ana, candidate, logged_in):
    client = logged_in(ana)
    fields = typed(candidate, "", note="a long note", **{"edit-0": "Mein Text."})

    response = client.post(claim(client, candidate), fields)

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#field-verdict">Choose a verdict.</a>' in page
    assert fields["id"] in page
    assert "a long note</textarea>" in page
    assert "Mein Text.</textarea>" in page
    assert page.count(" checked") == 3
    assert not Judgment.objects.exists()


def test_what_the_stage_refuses_comes_back_in_the_form(ana, candidate, logged_in):
    client = logged_in(ana)
    fields = typed(candidate, "accept_with_edits")

    response = client.post(claim(client, candidate), fields)

    assert response.status_code == 422
    assert "You changed nothing." in response.content.decode()


def test_an_edit_is_saved_with_its_verdict(ana, candidate, logged_in):
    client = logged_in(ana)
    fields = typed(candidate, "accept_with_edits", **{"edit-0": "Ein Bus wartet."})

    client.post(claim(client, candidate), fields)

    assert Judgment.objects.get().edited_json == {"caption": "Ein Bus wartet."}


def test_an_answer_that_came_too_late_is_kept_and_said_so(ana, bao, project, logged_in):
    candidate = factories.make_candidate(factories.make_item(project), needed=1)
    client = logged_in(ana)
    address = claim(client, candidate)
    Assignment.objects.update(ended_at=timezone.now(), ending="expired")
    Slot.objects.update(state="open", leased_until=None)
    factories.judged(candidate, bao)

    assert "may go to somebody else" in client.get(address).content.decode()
    response = client.post(address, typed(candidate), follow=True)

    assert "Saved as an extra answer" in response.content.decode()
    assert Judgment.objects.get(annotator=ana).slot is None


def test_an_item_of_somebody_else_does_not_exist(ana, bao, candidate, logged_in):
    held = factories.assign(candidate, ana)
    client = logged_in(bao)

    for name in ("judge", "skip"):
        address = reverse(name, args=[held.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, typed(candidate)).status_code == 404
    assert not Judgment.objects.exists()


def test_an_answered_item_leads_back_to_the_queue(ana, candidate, logged_in):
    judgment = factories.judged(candidate, ana)

    response = logged_in(ana).get(reverse("judge", args=[judgment.assignment_id]))

    assert (
        response["Location"]
        == reverse("queue", args=["demo", "de"]) + "?done=submitted"
    )
    page = logged_in(ana).get(response["Location"]).content.decode()
    latest = reverse("correct", args=[judgment.pk])
    assert f'<a href="{latest}">Correct your last answer</a>' in page


def test_the_queue_says_how_much_waits(ana, bao, project, logged_in):
    answered = factories.make_candidate(factories.make_item(project), needed=2)
    factories.judged(answered, ana)
    for needed in (1, 2):
        factories.make_candidate(factories.make_item(project), needed=needed)
    page = logged_in(ana).get(reverse("queue", args=["demo", "de"])).content.decode()
    assert "Waiting for you: 2 items." in page


def test_skipping_asks_why(ana, candidate, logged_in):
    client = logged_in(ana)
    held = factories.assign(candidate, ana)
    address = reverse("skip", args=[held.pk])

    assert client.get(address).status_code == 200
    refused = client.post(address, {})

    assert refused.status_code == 422
    assert "Choose why you skip this item." in refused.content.decode()
    assert Assignment.objects.get().ended_at is None


def test_skipping_hands_the_item_back_and_goes_on(ana, candidate, logged_in):
    other = factories.make_candidate(factories.make_item(candidate.project))
    held = factories.assign(candidate, ana)

    response = logged_in(ana).post(
        reverse("skip", args=[held.pk]), {"reason": "other", "other": "too dark"}
    )

    held.refresh_from_db()
    assert (held.ending, held.skip_reason) == ("skipped", "too dark")
    following = Assignment.objects.get(ended_at=None)
    assert following.candidate == other
    assert response["Location"] == reverse("judge", args=[following.pk])


def test_progress_counts_only_ones_own_answers(ana, bao, candidate, logged_in):
    factories.judged(candidate, bao)
    factories.make_candidate(factories.make_item(candidate.project))

    page = logged_in(ana).post(reverse("queue", args=["demo", "de"]), follow=True)

    assert "0 judged by you" in page.content.decode()
