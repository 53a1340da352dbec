"""The three main screens with the demonstration on them.

With CONCORD_SCREENSHOTS=1 their pictures are written for the documentation.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from annotation import demonstrating
from annotation.models import Candidate, User
from tests.browser.screens import assignment_on, start_judging
from tests.browser.visits import Visits
from tests.browser.world import run_waiting_jobs

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WRITES = os.environ.get("CONCORD_SCREENSHOTS") == "1"


def keep(page: Page, name: str) -> None:
    if WRITES:
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")


def see(*regions: Locator) -> None:
    """Each is on the page, and larger than a line of text."""
    for region in regions:
        expect(region).to_be_visible()
        box = region.bounding_box()
        assert box is not None, region
        assert (box["width"] > 100, box["height"] > 30) == (True, True), region


@pytest.fixture
def demonstration(
    visits: Visits, settings: Settings, tmp_path: Path
) -> dict[str, User]:
    """The demonstration project, decided and measured; its people by name."""
    settings.BASE_URL = visits.url
    settings.DATA_DIR = tmp_path
    demonstrating.load(lambda line: None)
    run_waiting_jobs()
    return {user.username: user for user in demonstrating.people()}


@pytest.mark.slow
def test_the_main_screens_show_the_demonstration(
    visits: Visits, demonstration: dict[str, User]
) -> None:
    edited = Candidate.objects.get(origin=Candidate.Origin.EDITED)
    assert edited.decisions.get(replaced_by=None).outcome == "accepted"
    judging(visits.open(demonstration["ana"], height=960))
    agreement(visits.open(demonstration["lena"], height=1100))
    contested(visits.open(demonstration["adam"], height=1100))


def judging(page: Page) -> None:
    start_judging(page, "fr")
    # The picture for the README: a photograph, and a candidate that miscounts.
    while assignment_on(page).candidate.item.kind != "question_answer":
        page.locator("a[href$='/skip/']").click()
        page.get_by_label("I have seen this item elsewhere").check()
        page.get_by_role("button", name="Skip and next").click()
    picture = page.get_by_role("region", name="Image")
    see(picture, page.locator(".sides"), page.locator(".answers"))
    page.reload()
    assert page.evaluate("() => document.images[1].naturalWidth") > 200
    for key in "142r":
        page.keyboard.press(key)
    page.evaluate("() => scrollTo(0, 0)")
    keep(page, "judging")


def agreement(page: Page) -> None:
    page.goto(f"/p/{demonstrating.CODE}/agreement/")
    slices = page.locator("section.slice")
    expect(slices).to_have_count(5)
    for part in slices.all():
        expect(part.locator("svg")).to_have_count(2)
        see(part.locator("svg").first, part.locator("svg").last)
    expect(slices.first).to_contain_text("Italian")
    keep(page, "agreement")


def contested(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Adjudicate").click()
    table = page.get_by_role("region", name="Contested items")
    see(table)
    table.get_by_role("link").first.click()
    voices = page.locator("article.voice")
    expect(voices).to_have_count(3)
    see(page.locator(".sides"), voices.first, page.locator("#ruling form"))
    keep(page, "contested")
