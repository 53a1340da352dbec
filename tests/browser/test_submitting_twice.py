"""However an answer is sent twice, it is one judgment."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Candidate, Judgment, Project, User
from tests import factories
from tests.browser.screens import Said, assignment_on, fill_in, save, start_judging
from tests.browser.visits import Visits

both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])


@pytest.fixture
def candidates(project: Project) -> list[Candidate]:
    """Two of them: whatever arrives twice could wrongly answer the second."""
    items = [factories.make_item(project) for _ in range(2)]
    return [factories.make_candidate(item) for item in items]


def start(visits: Visits, user: User, *, scripts: bool) -> Page:
    page = visits.open(user, scripts=scripts)
    start_judging(page)
    return page


@both_ways
@pytest.mark.usefixtures("candidates")
def test_a_double_click_is_one_judgment(
    visits: Visits, ana: User, *, scripts: bool
) -> None:
    page = start(visits, ana, scripts=scripts)
    first = assignment_on(page)
    fill_in(page, Said("accept"))
    page.get_by_role("button", name="Save and next").dblclick()
    visits.traffic.settle()
    assert Judgment.objects.get().assignment == first
    page.goto("/")
    expect(page.locator("main")).to_contain_text("1 judged by you")


@both_ways
@pytest.mark.usefixtures("candidates")
def test_a_second_enter_is_one_judgment(
    visits: Visits, ana: User, *, scripts: bool
) -> None:
    # The second one may arrive on the next item, where nothing is chosen yet.
    visits.expected = {422}
    page = start(visits, ana, scripts=scripts)
    first = assignment_on(page)
    fill_in(page, Said("reject"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    visits.traffic.settle()
    assert Judgment.objects.get().assignment == first


@both_ways
@pytest.mark.usefixtures("candidates")
def test_going_back_and_sending_again_is_one_judgment(
    visits: Visits, ana: User, *, scripts: bool
) -> None:
    page = start(visits, ana, scripts=scripts)
    first = assignment_on(page)
    fill_in(page, Said("accept"))
    save(page)
    second = assignment_on(page)
    page.go_back()
    if page.get_by_role("button", name="Save and next").is_visible():
        fill_in(page, Said("accept"))
        save(page)
        assert assignment_on(page) == second
    visits.traffic.settle()
    assert Judgment.objects.get().assignment == first


def test_sending_the_very_same_request_again_is_one_judgment(
    visits: Visits, ana: User, candidates: list[Candidate]
) -> None:
    page = start(visits, ana, scripts=True)
    fill_in(page, Said("accept"))
    here = page.url
    with page.expect_request(
        lambda request: request.method == "POST" and request.url == here
    ) as sent:
        save(page)
    again = page.request.post(
        sent.value.url,
        data=sent.value.post_data_buffer,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": sent.value.url,
        },
    )
    assert again.ok
    visits.traffic.settle()
    assert Judgment.objects.count() == 1


@both_ways
def test_another_answer_from_another_device_comes_back_with_the_reason(
    visits: Visits, ana: User, candidates: list[Candidate], *, scripts: bool
) -> None:
    visits.expected = {409}
    page, other = (start(visits, ana, scripts=scripts) for _ in "ab")
    first = page.url
    for device, verdict in ((page, "accept"), (other, "reject")):
        fill_in(device, Said(verdict, note=f"So I {verdict}."))
    save(page)
    visits.traffic.settle()
    save(other)
    expect(other.get_by_role("alert")).to_contain_text(
        "You have already answered this item."
    )
    assert other.url == first
    expect(other.get_by_label("Note")).to_have_value("So I reject.")
    visits.traffic.settle()
    assert Judgment.objects.get().verdict == "accept"
