"""What every page has in common."""

from __future__ import annotations

import json
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests import factories

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
}


def test_a_page_sends_whoever_is_not_logged_in_to_the_login(project):
    address = reverse("history", args=[project.code])

    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/login/?next={address}"


def test_a_page_refuses_other_methods(ana, project, logged_in):
    response = logged_in(ana).delete(reverse("history", args=[project.code]))

    assert response.status_code == 405


def test_browsers_ask_again_before_they_show_a_kept_page(ana, project, logged_in):
    response = logged_in(ana).get(reverse("history", args=[project.code]))

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}


@pytest.mark.parametrize("name", ["jobs", "imports", "tokens", "project", "agreement"])
def test_pages_of_leads_refuse_annotators_with_a_sentence(
    name, ana, project, logged_in
):
    response = logged_in(ana).get(reverse(name, args=[project.code]))

    assert response.status_code == 403
    assert b"Only a lead of this project may do that." in response.content


@pytest.mark.parametrize(
    "name", ["jobs", "history", "project", "releases", "contested"]
)
def test_a_project_one_is_not_in_does_not_exist(name, olga, project, logged_in):
    response = logged_in(olga).get(reverse(name, args=[project.code]))

    assert response.status_code == 404


def test_pages_hold_no_inline_script_or_style(ana, project, logged_in):
    factories.make_candidate(factories.make_item(project))
    client = logged_in(ana)
    page = client.post(reverse("queue", args=[project.code, "de"]), follow=True)

    text = page.content.decode()
    assert set(page["Content-Security-Policy"].split("; ")) >= POLICY
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text)


def test_the_bar_offers_what_the_role_may_open(ana, lena, project, logged_in):
    page = logged_in(ana).get(reverse("history", args=[project.code]))
    assert "My answers" in page.content.decode()
    assert reverse("tokens", args=[project.code]) not in page.content.decode()

    page = logged_in(lena).get(reverse("project", args=[project.code]))
    assert reverse("tokens", args=[project.code]) in page.content.decode()
    assert "My answers" not in page.content.decode()


def test_a_missing_address_has_a_page(ana, logged_in):
    response = logged_in(ana).get("/nowhere/")

    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


def test_a_form_without_its_token_is_refused_with_advice(ana, project):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    response = client.post(reverse("queue", args=[project.code, "de"]))

    assert response.status_code == 403
    assert b"too old to be taken" in response.content


def test_the_page_of_last_resort_needs_neither_request_nor_database():
    page = render_to_string("500.html")

    assert "What you saved before is safe" in page


@pytest.mark.django_db
def test_the_page_tells_htmx_to_run_nothing_of_its_own(client):
    page = client.get("/help/").content.decode()
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", page)

    assert found
    config = json.loads(found[1])
    assert (config["allowEval"], config["allowScriptTags"]) == (False, False)
    assert (config["historyCacheSize"], config["selfRequestsOnly"]) == (0, True)
    assert {"code": "422", "swap": True} in config["responseHandling"]
