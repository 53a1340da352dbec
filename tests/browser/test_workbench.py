"""Nothing is lost: offline, in two tabs, logged out, with the tab closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from annotation.models import Assignment, Draft, Judgment, Project, User
from tests import factories
from tests.browser.screens import (
    Said,
    assignment_on,
    fill_in,
    is_done,
    press_save,
    save,
    start_judging,
)
from tests.browser.ten import ADDED, check_ten, make_ten
from tests.browser.visits import Visits

KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('concord:')).length"


@pytest.fixture
def offline(visits: Visits) -> Iterator[None]:
    """What a browser says when the line is down is no complaint."""
    yield
    visits.complaints[:] = [
        said
        for said in visits.complaints
        if "net::ERR_INTERNET_DISCONNECTED" not in said
    ]


def wait_for_ahead(page: Page, count: int = 2) -> None:
    """Until the screen of so many held items is loaded, with its pictures."""
    page.wait_for_function(
        """n => document.querySelector("form.judging").dataset.ready === String(n)""",
        arg=count,
    )


def fill_in_by(plan: dict[int, str], page: Page) -> None:
    """What the plan says of the item on the screen; nothing is saved yet."""
    candidate = assignment_on(page).candidate
    first = next(text for _, text in candidate.content.texts())
    verdict = plan[candidate.pk]
    edits = {first: ADDED + first} if verdict == "accept_with_edits" else {}
    fill_in(page, Said(verdict, edits))


def answer_by(plan: dict[int, str], page: Page) -> None:
    fill_in_by(plan, page)
    save(page)


def say(page: Page, said: Said) -> None:
    fill_in(page, said)
    save(page)


def is_told(page: Page, text: str) -> None:
    expect(page.locator(".outbox .state")).to_contain_text(text)


def wait_until_sent(visits: Visits, page: Page) -> None:
    page.wait_for_function(f"() => {KEPT} === 0")
    visits.traffic.settle()


def make_items(project: Project, number: int) -> None:
    for _ in range(number):
        factories.make_candidate(factories.make_item(project), needed=1)


def verdicts() -> list[str]:
    """In the order in which the server took them."""
    rows = Judgment.objects.order_by("created_at")
    return list(rows.values_list("verdict", flat=True))


@pytest.mark.usefixtures("offline")
def test_ten_items_with_the_line_down_twice_and_the_tab_closed(
    visits: Visits, project: Project, ana: User
) -> None:
    plan = make_ten(project)
    page = visits.open(ana)
    start_judging(page)
    for _ in range(2):
        answer_by(plan, page)
    wait_for_ahead(page)
    page.context.set_offline(True)
    for _ in range(2):
        answer_by(plan, page)
    fill_in_by(plan, page)
    press_save(page)
    expect(page.get_by_role("heading", name="Nothing more is loaded")).to_be_visible()
    is_told(page, "Offline: 3 kept in this browser")
    assert Judgment.objects.count() == 2
    with page.expect_navigation():
        page.context.set_offline(False)
    for _ in range(2):
        answer_by(plan, page)
    wait_for_ahead(page)
    page.context.set_offline(True)
    answer_by(plan, page)
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/")
    wait_until_sent(visits, page)
    assert Judgment.objects.count() == 8
    start_judging(page)
    for _ in range(2):
        answer_by(plan, page)
    assert is_done(page)
    check_ten(plan)
    assert page.evaluate(KEPT) == 0


def test_two_tabs_share_the_work_and_double_nothing(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 4)
    tabs = [visits.open(ana)]
    tabs.append(tabs[0].context.new_page())
    for tab in tabs:
        start_judging(tab)
    said = ["accept", "reject", "cannot_judge", "accept"]
    for n, verdict in enumerate(said):
        page, other = tabs[n % 2], tabs[1 - n % 2]
        here = page.url
        say(page, Said(verdict))
        # The other tab had the same item, untouched, and goes on by itself.
        other.wait_for_url(lambda url, here=here: url != here)
        visits.traffic.settle()
    assert verdicts() == said


def test_an_item_begun_in_two_tabs_is_answered_once_and_both_texts_stay(
    visits: Visits, project: Project, ana: User
) -> None:
    visits.expected = {409}
    make_items(project, 2)
    page = visits.open(ana)
    start_judging(page)
    other = page.context.new_page()
    other.goto(page.url)
    fill_in(other, Said("reject", note="From the other tab."))
    say(page, Said("accept"))
    press_save(other)
    is_told(other, "You have answered this item already")
    expect(other.get_by_label("Note")).to_have_value("From the other tab.")
    wait_until_sent(visits, page)
    assert verdicts() == ["accept"]


@pytest.mark.parametrize("how", ["reload", "another device"])
def test_what_is_typed_is_there_again(
    visits: Visits, project: Project, ana: User, how: str
) -> None:
    make_items(project, 1)
    page = visits.open(ana)
    start_judging(page)
    page.locator("[name=rating-adequacy][value='3']").check()
    page.locator("[name=verdict][value=accept_with_edits]").check()
    page.get_by_label("Note").fill("Der Bus, noch nicht fertig.")
    page.locator("[name=edit-0]").fill("Ein Bus.")
    if how == "reload":
        page.reload()
    else:
        is_told(page, "Saved")
        address = page.url
        page = visits.open(ana)
        page.goto(address)
    expect(page.locator("[name=rating-adequacy][value='3']")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("Der Bus, noch nicht fertig.")
    expect(page.locator("[name=edit-0]")).to_have_value("Ein Bus.")
    expect(page.locator("details.edits")).to_have_attribute("open", "")


def test_a_draft_reaches_the_server_within_two_seconds(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 1)
    page = visits.open(ana)
    start_judging(page)
    with page.expect_response(lambda r: r.url.endswith("/draft/"), timeout=2000):
        page.get_by_label("Note").type("a")
    is_told(page, "Saved")
    assert Draft.objects.get().fields["note"] == ["a"]
    assert page.evaluate(KEPT) == 0


def test_a_refused_answer_comes_back_with_the_reason_and_the_text(
    visits: Visits, project: Project, ana: User
) -> None:
    visits.expected = {422}
    make_items(project, 3)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page)
    first = page.url
    fill_in(page, Said("accept_with_edits", note="Gemeint war: besser."))
    press_save(page)
    page.wait_for_selector("[role=alert]")
    assert page.url == first
    expect(page.get_by_role("alert")).to_contain_text("You changed nothing.")
    expect(page.get_by_label("Note")).to_have_value("Gemeint war: besser.")
    page.locator("[name=verdict][value=accept]").check()
    save(page)
    wait_until_sent(visits, page)
    assert verdicts() == ["accept"]


@pytest.mark.usefixtures("offline")
def test_answers_wait_for_their_author_to_log_in_again(
    visits: Visits, project: Project, ana: User, bao: User
) -> None:
    visits.expected = {403, 404}
    make_items(project, 5)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page)
    page.context.clear_cookies()
    say(page, Said("reject"))
    is_told(page, "Logged out: 1 kept in this browser")
    assert not Judgment.objects.exists()
    visits.log_in(page.context, bao)
    theirs = page.context.new_page()
    start_judging(theirs)
    say(theirs, Said("accept"))
    visits.traffic.settle()
    assert verdicts() == ["accept"]
    expect(page.get_by_role("link", name="Log in again")).to_be_visible()
    theirs.close()
    page.context.clear_cookies()
    visits.log_in(page.context, ana)
    page.get_by_role("link", name="Log in again").click()
    wait_until_sent(visits, page)
    assert verdicts() == ["accept", "reject"]
    assert Judgment.objects.get(verdict="reject").annotator == ana


def test_an_answer_whose_acknowledgement_was_lost_is_sent_again_and_counts_once(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 3)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST" or len(lost) >= 2:
            route.continue_()
            return
        lost.append(route.request.url)
        if len(lost) == 2:
            route.fulfill(status=503)
        else:
            route.fetch()
            route.abort("connectionreset")

    page.route("**/a/*/", lose_the_first)
    say(page, Said("accept"))
    say(page, Said("reject"))
    wait_until_sent(visits, page)
    assert len(lost) == 2
    assert verdicts() == ["accept", "reject"]
    visits.complaints[:] = [
        said for said in visits.complaints if "CONNECTION_RESET" not in said
    ]
    visits.complaints[:] = [said for said in visits.complaints if "503" not in said]


@pytest.mark.usefixtures("offline")
def test_the_next_item_comes_at_once_and_says_where_one_is(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 4)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page)
    say(page, Said("accept"))
    expect(page.locator(".outbox [role=status]")).to_have_text("1 judged by you")
    wait_for_ahead(page)
    page.context.set_offline(True)
    say(page, Said("reject"))
    expect(page.locator(".bar")).to_contain_text("2 judged by you")
    focused = "document.activeElement === document.querySelector('.criterion > legend')"
    assert page.evaluate(focused)
    assert page.evaluate("document.images[1].naturalWidth") > 0
    page.context.set_offline(False)
    wait_until_sent(visits, page)


@pytest.mark.usefixtures("offline")
def test_offline_an_item_without_a_verdict_stays(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 2)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page, 1)
    page.context.set_offline(True)
    here = page.url
    page.get_by_label("Note").fill("Noch offen.")
    press_save(page)
    expect(page.locator(".outbox [role=status]")).to_contain_text("choose a verdict")
    assert page.url == here
    assert not Judgment.objects.exists()


def test_back_after_an_answer_leads_to_correcting_it(
    visits: Visits, project: Project, ana: User
) -> None:
    make_items(project, 2)
    page = visits.open(ana)
    start_judging(page)
    wait_for_ahead(page, 1)
    say(page, Said("accept"))
    wait_until_sent(visits, page)
    page.go_back()
    expect(page.get_by_text("You have answered that item already.")).to_be_visible()
    assert Assignment.objects.filter(ended_at=None).count() == 1
