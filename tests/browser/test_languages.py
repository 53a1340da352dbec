"""Judging in each language of the interface, with the keyboard alone."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from annotation.models import Judgment, Project, User
from tests import factories
from tests.browser.test_keyboard import answer, press_and_go, start
from tests.browser.visits import Visits

DONE = {
    "en": "That was all for now",
    "fr": "C’est tout pour l’instant",
    "de": "Das war vorerst alles",
    "it": "Per ora è tutto",
    "es": "Eso es todo por ahora",
}
KEYS = {
    "en": "Answer the first open question",
    "fr": "Répondre à la première question ouverte",
    "de": "Die erste offene Frage beantworten",
    "it": "Rispondere alla prima domanda aperta",
    "es": "Responder a la primera pregunta abierta",
}
WIDER = "() => document.documentElement.scrollWidth > innerWidth"


def test_every_interface_language_is_judged_in() -> None:
    assert set(DONE) == set(KEYS) == dict(settings.LANGUAGES).keys()


@pytest.mark.parametrize("language", DONE)
def test_an_item_is_judged_by_keyboard_in_each_language(
    visits: Visits, project: Project, ana: User, language: str
) -> None:
    ana.language = language
    ana.save()
    candidate = factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".words").first).to_have_attribute("lang", "en")
    expect(page.locator(".words").nth(1)).to_have_attribute("lang", "de")
    page.keyboard.press("?")
    expect(page.locator("#keys").get_by_text(KEYS[language])).to_be_visible()
    page.keyboard.press("Escape")
    answer(page, candidate, "accept_with_edits")
    press_and_go(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(DONE[language])
    judgment = Judgment.objects.get()
    assert judgment.verdict == "accept_with_edits"
    assert judgment.edited_json


def _choose(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_visitor_goes_through_the_languages_on_the_log_in_page(
    visits: Visits, width: int
) -> None:
    page = visits.open(width=width)
    page.goto("/login/")
    for name, title in (
        ("Deutsch", "Anmelden"),
        ("Français", "Se connecter"),
        ("Italiano", "Accedi"),
        ("Español", "Iniciar sesión"),
        ("English", "Log in"),
    ):
        _choose(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert not page.evaluate(WIDER), name
