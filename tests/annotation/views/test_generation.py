"""Generation jobs that were set aside go out again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotation.models import Event, GenerationJob
from tests import factories

State = GenerationJob.State


@pytest.fixture
def aside(project):
    return [
        GenerationJob.objects.create(
            project=project,
            item=factories.make_item(project),
            language="de",
            task="translate",
            state=State.SET_ASIDE,
            attempts=3,
            last_error="refused: no picture",
        )
        for _ in range(2)
    ]


def states():
    return [job.state for job in GenerationJob.objects.order_by("id")]


def test_the_overview_offers_it_for_each_and_for_all(lena, aside, logged_in):
    page = logged_in(lena).get(reverse("project", args=["demo"])).content.decode()
    assert page.count("Send out again<") == len(aside)
    assert page.count("Send all out again") == 1


def test_one_job_is_sent_out_again(lena, aside, logged_in):
    address = reverse("reopen", args=["demo"])
    page = logged_in(lena).post(address, {"job": aside[1].pk}, follow=True)
    assert "1 job is ready for a worker again." in page.content.decode()
    assert states() == [State.SET_ASIDE, State.READY]
    aside[1].refresh_from_db()
    assert aside[1].attempts == 0
    event = Event.objects.get(kind=Event.Kind.GENERATION_REOPENED)
    assert (event.user, event.subject) == (lena, f"generationjob:{aside[1].pk}")


def test_all_are_sent_out_again(lena, aside, logged_in):
    logged_in(lena).post(reverse("reopen", args=["demo"]))
    assert states() == [State.READY, State.READY]


@pytest.mark.parametrize("number", ["0", "x", "999999"])
def test_a_job_that_is_not_there_changes_nothing(lena, aside, number, logged_in):
    address = reverse("reopen", args=["demo"])
    page = logged_in(lena).post(address, {"job": number}, follow=True)
    assert "There was nothing to send out again." in page.content.decode()
    assert states() == [State.SET_ASIDE] * 2


def test_only_the_lead_may(ana, aside, logged_in):
    response = logged_in(ana).post(reverse("reopen", args=["demo"]))
    assert response.status_code == 403
    assert states() == [State.SET_ASIDE] * 2
