"""Reporting a defect, and the pages on which staff look at it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotation import defects
from annotation.models import Defect
from tests import factories
from tests.factories import viewer

NOTE = "The picture shows a cat."


@pytest.fixture
def held(project, ana):
    return factories.assign(factories.make_candidate(factories.make_item(project)), ana)


@pytest.fixture
def defect(held, ana):
    return defects.report(assignment=held, by=viewer(ana), part="image", note=NOTE)


def test_the_judging_page_leads_to_the_report(held, ana, logged_in):
    page = logged_in(ana).get(reverse("judge", args=[held.pk])).content.decode()
    assert reverse("defect_report", args=[held.pk]) in page


def test_a_report_goes_on_to_the_next_item(project, held, ana, logged_in):
    behind = factories.make_candidate(factories.make_item(project))
    client, address = logged_in(ana), reverse("defect_report", args=[held.pk])
    assert "What is wrong with this item?" in client.get(address).content.decode()
    response = client.post(address, {"part": "image", "note": NOTE})
    assert response.status_code == 303
    assert client.get(response.url).context["candidate"] == behind
    assert Defect.objects.get().note == NOTE


def test_an_empty_report_says_what_is_missing(held, ana, logged_in):
    response = logged_in(ana).post(reverse("defect_report", args=[held.pk]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the image or the source text." in page
    assert "Say in a sentence what is wrong with it." in page


def test_the_list_is_empty_at_first(project, lena, logged_in):
    page = logged_in(lena).get(reverse("defects", args=[project.code]))
    assert "Nothing was reported" in page.content.decode()


def test_staff_look_at_a_report(project, defect, adam, logged_in):
    client = logged_in(adam)
    assert NOTE in client.get(reverse("defects", args=["demo"])).content.decode()
    address = reverse("defect_look", args=["demo", defect.pk])
    assert "A red bus waits at the stop." in client.get(address).content.decode()
    response = client.post(address, {"outcome": "confirmed", "reason": "A cat."})
    assert response.status_code == 302
    page = client.get(reverse("defects", args=["demo"])).content.decode()
    assert "Kept out" in page
    assert "A cat." in page
    assert "A cat." in client.get(address).content.decode()


def test_a_look_without_a_reason_is_refused(defect, lena, logged_in):
    address = reverse("defect_look", args=["demo", defect.pk])
    response = logged_in(lena).post(address, {"outcome": "dismissed"})
    assert response.status_code == 422
    assert "Give the reason in a few words." in response.content.decode()


def test_a_report_of_another_project_is_not_there(defect, lena, logged_in):
    other = factories.make_project("other")
    factories.enrol(lena, other, "lead")
    address = reverse("defect_look", args=["other", defect.pk])
    assert logged_in(lena).get(address).status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(
    project, defect, lena, bao, logged_in, django_assert_num_queries
):
    client, address = logged_in(lena), reverse("defects", args=["demo"])
    with django_assert_num_queries(8):
        client.get(address)
    for _ in range(3):
        candidate = factories.make_candidate(factories.make_item(project))
        held = factories.assign(candidate, bao)
        defects.report(assignment=held, by=viewer(bao), part="source", note="Cut off.")
    with django_assert_num_queries(8):
        client.get(address)
