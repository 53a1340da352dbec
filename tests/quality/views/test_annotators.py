"""The page of annotators: flags with their evidence, figures, everybody's matrix."""

from __future__ import annotations

import re

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from annotation import jobs
from annotation.models import Job, Project, User
from tests import factories
from tests.quality.crowd import judged_by_all, labels_of

ADDRESS = "/p/demo/annotators/"


@pytest.fixture
def people(project: Project, ana: User, bao: User, chris: User) -> list[User]:
    dora = factories.enrol(factories.make_user("dora"), project, "annotator", ["de"])
    return [ana, bao, chris, dora]


@pytest.fixture
def measured(project: Project, people: list[User]) -> None:
    """Dora answers the same whatever the item, in two seconds."""
    labels = labels_of(5, (0.95, 0.9, 0.9, 0.0), items=80, shares=(0.5, 0.5))
    labels[:, 3] = 0
    # Ana has never met Dora.
    labels[:40, 0], labels[40:, 3] = -1, -1
    few = np.full((4, 4), -1)
    few[:, :2] = 0
    judged_by_all(project, people, labels, seconds=(30, 40, 50, 2))
    judged_by_all(project, people, few, language="fr")
    # Dora needs fifty shared items before anybody says anything about her.
    judged_by_all(project, people[1:], labels[:40, 1:], seconds=(40, 50, 2))
    job = jobs.run(jobs.ask(Job.Kind.RATERS, project=project).pk)
    assert job is not None
    assert job.state == "done", job.error


def told(client: Client, **query: str) -> str:
    page = client.get(ADDRESS, query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_before_the_first_time_it_offers_to_begin(lena, project, logged_in) -> None:
    assert "have not been measured yet" in told(logged_in(lena))


def test_a_careless_annotator_is_named_with_the_evidence(
    lena, measured, people, logged_in
) -> None:
    page = told(logged_in(lena), language="de")
    assert "Dora may not be looking at the items." in page
    assert "Chose “Accept” in 80 of 80 ratings" in page
    assert "100% of 80 ratings took under" in page
    assert page.count("may not be looking") == 1
    html = logged_in(lena).get(ADDRESS, {"language": "de"}).content.decode()
    assert f"rater={people[3].pk}" in html


def test_the_graph_is_told_in_a_sentence(lena, measured, logged_in) -> None:
    assert "All 4 annotators are tied to each other" in told(
        logged_in(lena), language="de"
    )
    assert "Only 4 items tie" in told(logged_in(lena), language="fr")


def test_small_numbers_are_withheld(lena, measured, logged_in) -> None:
    page = told(logged_in(lena), language="fr")
    assert "withheld: fewer than 10 shared items" in page
    assert not re.search(r"\d\.\d\d", page)


def test_every_number_of_the_matrix_leads_to_where_two_differ(
    lena, measured, people, logged_in
) -> None:
    client = logged_in(lena)
    page = client.get(ADDRESS, {"language": "de"}).content.decode()
    ana, bao = people[0].pk, people[1].pk
    link = re.search(rf'href="([^"]*rater={ana}&amp;second={bao}[^"]*)"', page)
    assert link
    listed = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "only" not in listed.split("<main")[0]
    assert listed.count("<bdi>Ana</bdi>: ") == listed.count("<bdi>Bao</bdi>: ") > 0
    # Two who never met have no cell.
    assert f"rater={ana}&amp;second={people[3].pk}" not in page


@pytest.mark.parametrize("name", ["cohen-kappa", "percent-agreement", "nonsense"])
def test_the_matrix_shows_the_number_asked_for(
    lena, measured, logged_in, name: str
) -> None:
    page = told(logged_in(lena), language="de", coefficient=name)
    title = {"cohen-kappa": "Cohen&#x27;s kappa", "nonsense": "Gwet AC1"}
    assert f"Everybody beside everybody: {title.get(name, 'Percent agreement')}" in page


def test_a_slice_nobody_rated_is_said(lena, measured, logged_in) -> None:
    assert "Nobody has rated this yet" in told(logged_in(lena), criterion="fluency")


def test_renewing_can_be_asked_for_by_a_lead_alone(
    lena, ana, project, logged_in
) -> None:
    address = reverse("annotators_renew", args=["demo"])
    assert logged_in(ana).post(address).status_code == 403
    assert not Job.objects.exists()
    page = logged_in(lena).post(address, follow=True).content.decode()
    assert Job.objects.get().kind == "raters"
    assert "The annotators are being measured." in page
    assert 'hx-trigger="every 2s"' in page


def test_the_page_costs_the_same_for_any_number_of_annotators(
    lena, measured, logged_in, django_assert_num_queries
) -> None:
    client = logged_in(lena)
    with django_assert_num_queries(10):
        client.get(ADDRESS, {"language": "de"})
