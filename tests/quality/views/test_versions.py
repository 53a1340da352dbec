"""The texts of an item beside each other, and the difference between them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from quality import adjudicating
from tests.factories import assign, judged, make_candidate, make_item

EDITED = {"caption": "Ein gelber Bus wartet an der Haltestelle."}
CHANGED = re.compile(r"<del>.*?</bdi>roter</del><ins>.*?</bdi>gelber</ins>")
DETAILS = re.compile(r"<details.*?</details>", re.DOTALL)


@pytest.fixture
def candidate(project, ana, bao, chris):
    candidate = make_candidate(make_item(project))
    judged(candidate, ana)
    for user in (bao, chris):
        judged(candidate, user, "accept_with_edits", edited=EDITED)
    adjudicating.decide(candidate.pk)
    return candidate


@pytest.fixture
def edited(candidate):
    return candidate.revised_by.get()


def page_of(client, name, *arguments):
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


def test_a_lead_sees_all_versions(candidate, edited, lena, logged_in):
    native = make_candidate(candidate.item, version=4, origin="native")
    page = page_of(logged_in(lena), "versions", candidate.pk)
    first, other = page.split("Other texts of this item")
    assert "Version 1, translated" in first
    assert "Version 2, edited" in first
    assert CHANGED.search(first)
    assert f"Version {native.version}, native" in other
    assert "The same text." not in first


def test_an_adjudicator_learns_of_no_origin(candidate, edited, ana, adam, logged_in):
    client = logged_in(adam)
    assert "Version 2" not in page_of(client, "versions", candidate.pk)
    judged(edited, ana)
    make_candidate(candidate.item, version=4, origin="native")
    page = page_of(client, "versions", edited.pk)
    assert CHANGED.search(page)
    assert "translated" not in page
    assert "Other texts" not in page


def test_a_single_text_says_that_it_is_the_only_one(project, lena, logged_in):
    candidate = make_candidate(make_item(project))
    assert "There is only one" in page_of(logged_in(lena), "versions", candidate.pk)


def test_the_workbench_shows_the_difference_on_demand(edited, ana, logged_in):
    held = assign(edited, ana)
    page = page_of(logged_in(ana), "judge", held.pk)
    assert "A colleague’s correction: judge it as any text." in page
    (folded,) = (part for part in DETAILS.findall(page) if "What it changed" in part)
    assert CHANGED.search(folded)
    assert " open" not in folded.partition(">")[0]
    assert not CHANGED.search(DETAILS.sub("", page))
    assert not re.search(r"\b(Bao|Chris|bao|chris)\b", page)


def test_other_texts_are_no_corrections(project, ana, logged_in):
    held = assign(make_candidate(make_item(project)), ana)
    page = page_of(logged_in(ana), "judge", held.pk)
    assert "colleague’s correction" not in page


def test_ones_own_answers_show_what_one_changed(candidate, bao, logged_in):
    page = page_of(logged_in(bao), "history", "demo")
    assert "What you changed" in page
    assert CHANGED.search(page)


def test_the_ruling_page_leads_to_all_versions(candidate, lena, logged_in):
    page = page_of(logged_in(lena), "rule", candidate.pk)
    assert reverse("versions", args=[candidate.pk]) in page
    assert "Revised" in page


def test_the_overview_tells_how_much_is_edited(candidate, lena, logged_in):
    page = page_of(logged_in(lena), "project", "demo")
    assert "How much people edit" in page
    assert "100.0 %" in page
