"""Judging with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from annotation import rubrics
from annotation.models import Candidate, Judgment, Project, User
from tests import factories
from tests.browser.screens import assignment_on, is_done
from tests.browser.ten import ADDED, best_points, check_ten, make_ten
from tests.browser.visits import Visits

VERDICT_KEYS = {
    "accept": "a",
    "accept_with_edits": "e",
    "reject": "r",
    "cannot_judge": "x",
}


def press_and_go(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def start(visits: Visits, user: User, project: Project) -> Page:
    page = visits.open(user)
    page.goto(f"/p/{project.code}/judge/de/")
    press_and_go(page, "Enter")
    return page


def answer(page: Page, candidate: Candidate, verdict: str) -> None:
    for place in best_points(candidate):
        page.keyboard.press(str(place))
    page.keyboard.press(VERDICT_KEYS[verdict])
    if verdict == "accept_with_edits":
        page.keyboard.press("Control+Home")
        page.keyboard.type(ADDED)
        page.keyboard.press("Escape")


def test_ten_items_of_all_kinds_are_judged_without_a_mouse(
    visits: Visits, project: Project, ana: User
) -> None:
    plan = make_ten(project)
    page = start(visits, ana, project)
    for _ in plan:
        candidate = assignment_on(page).candidate
        answer(page, candidate, plan[candidate.pk])
        press_and_go(page, "Enter")
    assert is_done(page)
    check_ten(plan)


def test_tab_and_space_alone_reach_every_answer(
    visits: Visits, project: Project, ana: User
) -> None:
    ana.single_keys = False
    ana.save()
    factories.make_candidate(factories.make_item(project))
    page = visits.open(ana)
    page.goto(f"/p/{project.code}/judge/de/")
    page.get_by_role("button", name="Start judging").focus()
    press_and_go(page, "Space")
    page.keyboard.press("a")
    expect(page.locator("[name=verdict]:checked")).to_have_count(0)
    for name in ("rating-adequacy", "rating-fluency", "rating-ungrounded", "verdict"):
        _tab_to(page, name)
        page.keyboard.press("Space")
    _tab_to(page, "Save and next")
    press_and_go(page, "Space")
    judgment = Judgment.objects.get()
    ratings = {r.criterion.code: r.value for r in judgment.ratings.all()}
    assert judgment.verdict == "accept"
    assert ratings == {"adequacy": 1, "fluency": 1, "ungrounded": 0}


def _tab_to(page: Page, wanted: str) -> None:
    """Tab on until the focus is on the field or button that is wanted."""
    for _ in range(40):
        page.keyboard.press("Tab")
        now = "() => document.activeElement.name || document.activeElement.textContent"
        if page.evaluate(now).startswith(wanted):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_h_explains_the_points_of_the_open_question(
    visits: Visits, project: Project, lena: User, ana: User
) -> None:
    wording = rubrics.wording_of_ready("translation").to_json()
    rubrics.change(project=project, by=factories.viewer(lena), **wording)
    factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    explained = page.locator("details.meaning")
    page.keyboard.press("h")
    expect(explained.nth(0)).to_have_attribute("open", "")
    page.keyboard.press("h")
    expect(explained.nth(0)).not_to_have_attribute("open", "")
    page.keyboard.press("4")
    page.keyboard.press("h")
    expect(explained.nth(0)).not_to_have_attribute("open", "")
    expect(explained.nth(1).get_by_text("Zwei Hund er spielen")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys").get_by_text("the open question")).to_have_count(1)


def test_u_corrects_the_last_answer_and_goes_on(
    visits: Visits, project: Project, ana: User
) -> None:
    for _ in range(2):
        factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    first = assignment_on(page).candidate
    answer(page, first, "accept")
    press_and_go(page, "Enter")
    second = assignment_on(page)
    press_and_go(page, "u")
    expect(page.locator("[name=verdict][value=accept]")).to_be_checked()
    expect(page.locator("[name=rating-adequacy][value='4']")).to_be_checked()
    page.keyboard.press("r")
    press_and_go(page, "Enter")
    assert assignment_on(page) == second
    before, after = Judgment.objects.filter(candidate=first).order_by("created_at")
    assert (before.verdict, after.verdict) == ("accept", "reject")
    assert after.replaces == before
    assert Judgment.objects.current().count() == 1


def test_0_takes_the_last_rating_back(
    visits: Visits, project: Project, ana: User
) -> None:
    factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.keyboard.press("0")
    expect(page.locator("[name=rating-adequacy][value='2']")).to_be_checked()
    expect(page.locator("[name=rating-fluency]:checked")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator("[name=rating-fluency][value='1']")).to_be_checked()


def test_what_is_typed_into_a_note_presses_nothing(
    visits: Visits, project: Project, ana: User
) -> None:
    factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    page.keyboard.press("c")
    page.keyboard.type("1 rax su?")
    expect(page.get_by_label("Note")).to_have_value("1 rax su?")
    expect(page.locator("input:checked")).to_have_count(0)
    assert assignment_on(page).ended_at is None


COMPOSED = """isComposing => document.body.dispatchEvent(new KeyboardEvent("keydown", {
    key: "2", code: "Digit2", bubbles: true, cancelable: true, isComposing,
}))"""


def test_a_key_of_an_input_method_answers_nothing(
    visits: Visits, project: Project, ana: User
) -> None:
    """The same key answers once the word is composed."""
    factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    assert page.evaluate(COMPOSED, True), "the key was taken from the input method"
    expect(page.locator("input:checked")).to_have_count(0)
    assert not page.evaluate(COMPOSED, False)
    expect(page.locator("[name=rating-adequacy][value='2']")).to_be_checked()


def test_the_list_of_keys_tells_what_works_here(
    visits: Visits, project: Project, ana: User
) -> None:
    factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys of this page")
    expect(sheet).to_be_visible()
    keys = sheet.locator("dt").all_inner_texts()
    assert {"1–9", "a", "e", "r", "x", "c", "s", "z", "Enter"} <= set(keys)
    assert "u" not in keys
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_s_skips_with_a_reason(visits: Visits, project: Project, ana: User) -> None:
    for _ in range(2):
        factories.make_candidate(factories.make_item(project))
    page = start(visits, ana, project)
    first = assignment_on(page)
    press_and_go(page, "s")
    page.keyboard.press("2")
    press_and_go(page, "Enter")
    first.refresh_from_db()
    assert first.ending == "skipped"
    assert first.skip_reason == "I do not know enough about the subject"
    assert assignment_on(page).candidate != first.candidate
    assert not Judgment.objects.exists()
