"""The adjudicator reads all sides and rules."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotation.models import Judgment
from quality import adjudicating
from quality.models import Decision, Ruling
from tests import factories
from tests.quality.views.test_home import contested


@pytest.fixture
def candidate(project, ana, bao, chris):
    return contested(project, ana, bao, chris)


@pytest.fixture
def address(candidate):
    return reverse("rule", args=[candidate.pk])


def test_the_list_names_the_item_and_why(adam, candidate, address, logged_in):
    page = logged_in(adam).get(reverse("contested", args=["demo"])).content.decode()

    assert address in page
    assert "no majority: 1 accept, 1 cannot judge, 1 reject" in page


def test_the_list_is_friendly_when_empty(adam, project, logged_in):
    page = logged_in(adam).get(reverse("contested", args=["demo"]))

    assert b"Nothing is contested" in page.content


def test_the_list_is_closed_to_annotators(ana, project, logged_in):
    assert logged_in(ana).get(reverse("contested", args=["demo"])).status_code == 403


def test_the_list_costs_the_same_for_any_length(
    ana, bao, chris, adam, project, logged_in, django_assert_num_queries
):
    for _ in range(3):
        contested(project, ana, bao, chris)
    client = logged_in(adam)

    with django_assert_num_queries(7):
        client.get(reverse("contested", args=["demo"]))


def test_judgments_stand_under_pseudonyms(adam, ana, bao, chris, address, logged_in):
    page = logged_in(adam).get(address).content.decode()

    for number in (1, 2, 3):
        assert f"Annotator {number}" in page
    for person in (ana, bao, chris):
        assert f"note of {person.username}" in page
        assert f"<bdi>{person}</bdi>" not in page


def test_edits_are_shown_as_changes(adam, project, ana, bao, chris, logged_in):
    candidate = factories.make_candidate(factories.make_item(project))
    for person, word in ((ana, "gelber"), (bao, "grüner"), (chris, "roter")):
        caption = f"Ein {word} Bus wartet an der Haltestelle!"
        factories.judged(
            candidate, person, "accept_with_edits", edited={"caption": caption}
        )
    adjudicating.decide(candidate.pk)

    page = logged_in(adam).get(reverse("rule", args=[candidate.pk])).content.decode()

    assert '<ins><bdi class="hidden" lang="en">added: </bdi>gelber</ins>' in page
    assert '<del><bdi class="hidden" lang="en">removed: </bdi>roter</del>' in page


def test_marked_errors_stand_under_the_voice_that_marked_them(
    adam, project, ana, bao, chris, logged_in
):
    candidate = factories.make_candidate(factories.make_item(project))
    marks = [factories.mark("roter", category="count", region=(0.1, 0.25, 0.5, 0.75))]
    factories.judged(candidate, ana, "reject", spans=marks)
    factories.judged(candidate, bao, "cannot_judge")
    factories.judged(candidate, chris)

    page = logged_in(adam).get(reverse("rule", args=[candidate.pk])).content.decode()

    voices = page.split('class="voice"')[1:]
    (number,) = (n for n, voice in enumerate(voices, 1) if "<mark" in voice)
    assert f'{number}.1</span> <mark class="span minor"' in voices[number - 1]
    assert "<b>Count, Minor</b>" in voices[number - 1]
    drawn = '<rect x="10.00%" y="25.00%" width="50.00%" height="75.00%"/>'
    assert drawn in page.split("</svg>")[0]


def test_a_ruling_can_begin_with_an_edited_text(
    adam, project, ana, bao, chris, logged_in
):
    candidate = factories.make_candidate(factories.make_item(project))
    for n, person in enumerate((ana, bao, chris)):
        edited = {"caption": f"Fassung {n}."}
        factories.judged(candidate, person, "accept_with_edits", edited=edited)
    adjudicating.decide(candidate.pk)
    second = adjudicating.shuffled(Judgment.objects.all())[1]

    page = logged_in(adam).get(reverse("rule", args=[candidate.pk]), {"text": 2})

    assert f"{second.edited_json['caption']}</textarea>" in page.content.decode()


def test_an_accepting_ruling_settles_the_text(adam, candidate, address, logged_in):
    fields = {"outcome": "accept", "edit-0": "Ein Bus.", "reason": "Colour is moot."}

    response = logged_in(adam).post(address, fields)

    ruling = Ruling.objects.get()
    assert response["Location"] == reverse("contested", args=["demo"])
    assert (ruling.adjudicator, ruling.reason) == (adam, "Colour is moot.")
    assert ruling.content_json == {"caption": "Ein Bus."}
    current = Decision.objects.get(candidate=candidate, replaced_by=None)
    assert current.outcome == "revised"
    assert candidate.revised_by.get().content_json == ruling.content_json


def test_a_rejecting_ruling_keeps_no_text(adam, address, logged_in):
    fields = {"outcome": "reject", "edit-0": "Ein Bus.", "reason": "Wrong image."}

    logged_in(adam).post(address, fields)

    assert Ruling.objects.get().content_json is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Give the reason: people will want to know why."),
        ({"outcome": ""}, "Choose whether to accept or to reject."),
        ({"edit-0": " "}, "The accepted text: caption: is empty"),
    ],
)
def test_a_ruling_that_lacks_something_comes_back(
    adam, address, changes, sentence, logged_in
):
    fields = {"outcome": "accept", "edit-0": "Ein Bus.", "reason": "So."} | changes

    response = logged_in(adam).post(address, fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Ruling.objects.exists()


def test_a_lead_may_look_but_not_rule(lena, address, logged_in):
    client = logged_in(lena)

    page = client.get(address).content.decode()
    response = client.post(
        address, {"outcome": "reject", "edit-0": "x", "reason": "So."}
    )

    assert "Only an adjudicator of this project may do that." in page
    assert 'name="outcome"' not in page
    assert response.status_code == 403
    assert not Ruling.objects.exists()


def test_an_incomplete_candidate_hides_from_adjudicators(adam, project, logged_in):
    candidate = factories.make_candidate(factories.make_item(project))

    response = logged_in(adam).get(reverse("rule", args=[candidate.pk]))

    assert response.status_code == 404


def test_a_lead_sees_no_judgment_of_an_incomplete_candidate(
    lena, ana, project, logged_in
):
    candidate = factories.make_candidate(factories.make_item(project))
    factories.judged(candidate, ana, note="a secret so far")

    page = logged_in(lena).get(reverse("rule", args=[candidate.pk])).content.decode()

    assert "a secret so far" not in page
    assert "Annotator 1" not in page
