"""The first page, role by role."""

from __future__ import annotations

from django.urls import reverse

from quality import adjudicating
from tests import factories


def contested(project, *people):
    """A candidate about which the three do not agree."""
    candidate = factories.make_candidate(factories.make_item(project))
    verdicts = ("accept", "reject", "cannot_judge")
    for person, verdict in zip(people, verdicts, strict=True):
        factories.judged(candidate, person, verdict, note=f"note of {person.username}")
    candidate.refresh_from_db()
    adjudicating.decide(candidate.pk)
    return candidate


def test_an_annotator_finds_a_button_per_language(ana, logged_in):
    page = logged_in(ana).get(reverse("home")).content.decode()

    for code in ("de", "fr"):
        assert f'action="{reverse("queue", args=["demo", code])}"' in page
    assert page.count("Start judging") == 2
    assert "To adjudicate" not in page
    assert "You lead" not in page


def test_an_annotator_sees_how_many_they_judged(ana, bao, project, logged_in):
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana)
    factories.judged(candidate, bao)

    page = logged_in(ana).get(reverse("home")).content.decode()

    assert "1 judged by you" in page
    assert "0 judged by you" in page
    assert "2 judged" not in page


def test_an_adjudicator_sees_what_is_contested(
    ana, bao, chris, adam, project, logged_in
):
    client = logged_in(adam)
    assert "Nothing is contested right now" in client.get("/").content.decode()

    contested(project, ana, bao, chris)

    assert "1 contested item<" in client.get("/").content.decode()


def test_a_lead_finds_their_projects(lena, project, logged_in):
    page = logged_in(lena).get(reverse("home")).content.decode()

    assert reverse("project", args=["demo"]) in page
    assert "Start judging" not in page


def test_somebody_without_a_project_is_told_what_to_do(db, logged_in):
    page = logged_in(factories.make_user("nina")).get(reverse("home"))

    assert b"You are in no project yet" in page.content


def test_the_first_page_costs_the_same_for_any_number_of_projects(
    olga, logged_in, django_assert_num_queries
):
    for n in range(3):
        more = factories.make_project(code=f"more-{n}")
        for role in ("annotator", "adjudicator", "lead"):
            factories.enrol(olga, more, role, ["fr", "de"])
    client = logged_in(olga)

    with django_assert_num_queries(7):
        client.get(reverse("home"))
