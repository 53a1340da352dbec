"""One's own answers and their corrections."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotation.models import Candidate, Judgment
from annotation.settling import settle
from tests import factories
from tests.annotation.views.test_judging import typed


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


@pytest.fixture
def judgment(candidate, ana):
    return factories.judged(candidate, ana, note="my own note")


def test_the_history_lists_ones_own_answers_only(
    ana, bao, judgment, candidate, logged_in
):
    factories.judged(candidate, bao, "reject", note="the note of Bao")

    page = logged_in(ana).get(reverse("history", args=["demo"])).content.decode()

    assert "my own note" in page
    assert "Ein roter Bus wartet an der Haltestelle." in page
    assert "the note of Bao" not in page


def test_the_history_counts_what_was_marked(ana, bao, candidate, logged_in):
    marks = [factories.mark("Bus"), factories.mark("Ein")]
    factories.judged(candidate, ana, spans=marks)
    factories.judged(candidate, bao, spans=marks[:1])

    page = logged_in(ana).get(reverse("history", args=["demo"])).content.decode()

    assert "2 marked" in page


def test_the_history_is_friendly_when_empty(ana, logged_in):
    page = logged_in(ana).get(reverse("history", args=["demo"]))

    assert b"No answers yet" in page.content


def test_the_history_says_why_an_answer_stays(ana, judgment, candidate, logged_in):
    settle(Candidate.objects.get().pk)

    page = logged_in(ana).get(reverse("history", args=["demo"])).content.decode()

    assert "settled since" in page
    assert reverse("correct", args=[judgment.pk]) not in page


def test_the_history_costs_the_same_for_any_length(
    ana, project, logged_in, django_assert_num_queries
):
    for _ in range(3):
        item = factories.make_item(project)
        factories.judged(factories.make_candidate(item, needed=1), ana)

    client = logged_in(ana)
    with django_assert_num_queries(8):
        client.get(reverse("history", args=["demo"]))


def test_the_history_of_a_lead_who_judges_nothing_is_refused(lena, logged_in):
    assert logged_in(lena).get(reverse("history", args=["demo"])).status_code == 403


def test_a_correction_shows_what_was_said(ana, judgment, logged_in):
    page = logged_in(ana).get(reverse("correct", args=[judgment.pk])).content.decode()

    assert page.count(" checked") == 4
    assert "my own note</textarea>" in page


def test_a_correction_replaces_and_keeps_the_first(ana, judgment, candidate, logged_in):
    response = logged_in(ana).post(
        reverse("correct", args=[judgment.pk]), typed(candidate, "reject")
    )

    assert response["Location"] == reverse("history", args=["demo"])
    latest = Judgment.objects.get(replaces=judgment)
    assert latest.verdict == "reject"
    assert Judgment.objects.count() == 2


def test_a_correction_from_the_queue_goes_back_to_it(
    ana, judgment, candidate, logged_in
):
    following = factories.make_candidate(factories.make_item(candidate.project))
    held = factories.assign(following, ana)

    response = logged_in(ana).post(
        reverse("correct", args=[judgment.pk]) + "?then=queue",
        typed(candidate, "reject"),
    )

    assert response["Location"] == reverse("judge", args=[held.pk])


def test_a_corrected_answer_leads_to_the_latest(ana, judgment, candidate, logged_in):
    client = logged_in(ana)
    client.post(reverse("correct", args=[judgment.pk]), typed(candidate, "reject"))
    latest = Judgment.objects.get(replaces=judgment)

    response = client.get(reverse("correct", args=[judgment.pk]))

    assert response["Location"] == reverse("correct", args=[latest.pk])


def test_a_bad_correction_comes_back_with_what_was_typed(
    ana, judgment, candidate, logged_in
):
    fields = typed(candidate, "accept_with_edits", note="second thoughts")

    response = logged_in(ana).post(reverse("correct", args=[judgment.pk]), fields)

    assert response.status_code == 422
    assert "second thoughts</textarea>" in response.content.decode()
    assert Judgment.objects.count() == 1


@pytest.mark.parametrize("who", ["bao", "lena", "adam"])
def test_nobody_corrects_the_answer_of_another(
    who, judgment, candidate, logged_in, request
):
    client = logged_in(request.getfixturevalue(who))
    address = reverse("correct", args=[judgment.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, typed(candidate)).status_code == 404


def test_a_settled_answer_stays(ana, judgment, candidate, logged_in):
    settle(Candidate.objects.get().pk)

    response = logged_in(ana).post(
        reverse("correct", args=[judgment.pk]), typed(candidate, "reject")
    )

    assert response.status_code == 409
    assert Judgment.objects.count() == 1


@pytest.fixture
def two_answers(project, ana):
    """One in German with a note, and one in French of another item."""
    factories.judged(
        factories.make_candidate(factories.make_item(project, key="alpha")),
        ana,
        note="the wheel is odd",
    )
    french = factories.make_candidate(
        factories.make_item(project, "question_answer", key="beta"), "fr"
    )
    factories.judged(french, ana, "reject")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "HALTESTELLE bus"}, ["alpha"]),
        ({"q": "waits"}, ["alpha", "beta"]),
        ({"q": "wheel"}, ["alpha"]),
        ({"q": "beta"}, ["beta"]),
        ({"q": "100%"}, []),
        ({"verdict": "reject"}, ["beta"]),
        ({"language": "de"}, ["alpha"]),
        ({"q": "wheel", "language": "fr"}, []),
        ({"verdict": "nonsense"}, ["alpha", "beta"]),
    ],
    ids=str,
)
@pytest.mark.usefixtures("two_answers")
def test_ones_answers_are_searched(ana, logged_in, wanted, found):
    response = logged_in(ana).get(reverse("history", args=["demo"]), wanted)
    rows = response.context["rows"]
    assert sorted(row.judgment.candidate.item.key for row in rows) == found
    assert ("Nothing found" in response.content.decode()) == (not found)


def test_the_next_page_of_a_search_is_of_the_same_search(
    ana, project, logged_in, monkeypatch
):
    monkeypatch.setattr("annotation.views.answers.PER_PAGE", 1)
    for _ in range(2):
        factories.judged(factories.make_candidate(factories.make_item(project)), ana)
    page = logged_in(ana).get(reverse("history", args=["demo"]), {"q": "bus"})
    assert 'href="?q=bus&amp;page=2"' in page.content.decode()
