"""The same work with scripts switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Judgment, Project, User
from tests import factories
from tests.browser.screens import (
    Said,
    assignment_on,
    fill_in,
    is_done,
    save,
    start_judging,
)
from tests.browser.ten import ADDED, check_ten, make_ten
from tests.browser.visits import Visits


@pytest.fixture
def page(visits: Visits, ana: User) -> Page:
    """Ana's page, without scripts."""
    return visits.open(ana, scripts=False)


def test_ten_items_of_all_kinds_are_judged(page: Page, project: Project) -> None:
    plan = make_ten(project)
    start_judging(page)
    for _ in plan:
        candidate = assignment_on(page).candidate
        first = next(text for _, text in candidate.content.texts())
        verdict = plan[candidate.pk]
        edits = {first: ADDED + first} if verdict == "accept_with_edits" else {}
        fill_in(page, Said(verdict, edits))
        save(page)
    assert is_done(page)
    check_ten(plan)


def test_the_last_answer_is_corrected(page: Page, project: Project) -> None:
    for _ in range(2):
        factories.make_candidate(factories.make_item(project))
    start_judging(page)
    fill_in(page, Said("accept"))
    save(page)
    second = assignment_on(page)
    page.get_by_role("link", name="Undo: correct last").click()
    expect(page.locator("[name=verdict][value=accept]")).to_be_checked()
    page.locator("[name=verdict][value=reject]").check()
    page.get_by_role("button", name="Save the correction").click()
    assert assignment_on(page) == second
    verdicts = Judgment.objects.order_by("created_at").values_list("verdict", flat=True)
    assert list(verdicts) == ["accept", "reject"]
    assert Judgment.objects.current().get().verdict == "reject"


def test_what_is_missing_is_named_and_what_was_chosen_stays(
    page: Page, visits: Visits, project: Project
) -> None:
    visits.expected = {422}
    factories.make_candidate(factories.make_item(project))
    start_judging(page)
    page.locator("[name=rating-adequacy][value='3']").check()
    page.get_by_label("Note").fill("Der Bus.")
    save(page)
    errors = page.get_by_role("alert")
    expect(errors).to_contain_text("Choose a verdict.")
    expect(page.locator("[name=rating-adequacy][value='3']")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("Der Bus.")
    assert not Judgment.objects.exists()


def test_a_draft_is_saved_for_later(page: Page, project: Project) -> None:
    factories.make_candidate(factories.make_item(project))
    start_judging(page)
    page.locator("[name=rating-adequacy][value='3']").check()
    page.get_by_label("Note").fill("Der Bus.")
    page.get_by_role("button", name="Save for later").click()
    expect(page.locator(".messages")).to_contain_text("Your draft is kept.")
    page.get_by_role("button", name="Start judging").click()
    expect(page.locator("[name=rating-adequacy][value='3']")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("Der Bus.")
    assert not Judgment.objects.exists()


def test_an_item_is_skipped(page: Page, project: Project) -> None:
    factories.make_candidate(factories.make_item(project))
    start_judging(page)
    page.locator("a[href$='/skip/']").click()
    page.get_by_label("I have seen this item elsewhere").check()
    page.get_by_role("button", name="Skip and next").click()
    assert is_done(page)
    assert not Judgment.objects.exists()


def test_controls_that_need_scripts_are_not_shown(page: Page, project: Project) -> None:
    factories.make_candidate(factories.make_item(project))
    start_judging(page)
    for name in ("Fit", "1:1", "Smaller", "Larger", "Take the last rating back"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name="Open alone")).to_be_visible()
