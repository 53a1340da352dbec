"""Marking errors in the text and in the image."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Assignment, Judgment, Project, User
from tests import factories
from tests.browser.screens import Said, fill_in, save
from tests.browser.visits import Visits

DOUBLE_CLICK = """(el) => {
  const at = document.createRange();
  const node = el.firstChild;
  at.setStart(node, node.data.indexOf(" Bus"));
  at.setEnd(node, node.data.indexOf(" an"));
  const box = at.getBoundingClientRect();
  return [box.left + 1, box.right + 3, box.top + box.height / 2];
}"""


@pytest.fixture
def held(project: Project, ana: User) -> Assignment:
    candidate = factories.make_candidate(factories.make_item(project))
    return factories.assign(candidate, ana)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def kept() -> list[tuple[str, str, int, str, str]]:
    spans = Judgment.objects.get().spans.all()
    return [(s.side, s.words, s.start, s.category, s.severity) for s in spans]


def test_errors_are_marked_with_the_keyboard_alone(
    visits: Visits, held: Assignment
) -> None:
    page = visits.open(held.annotator)
    page.goto(f"/a/{held.pk}/")
    press(page, "m", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "1", "2")
    expect(page.locator("mark.span.major")).to_have_text("roter Bus")
    press(page, "m", "ArrowRight", "6", "2", "3")
    press(page, "m", "ArrowLeft", "ArrowUp", "m", "Escape")
    expect(page.get_by_role("group", name="Mark an error")).to_be_hidden()
    press(page, "m", *["ArrowLeft"] * 7, "1")
    lines = page.get_by_role("region", name="Marked errors").get_by_role("listitem")
    expect(lines).to_contain_text(
        ["Mistranslation, Major", "Attribute, Critical", "Omission, Minor"]
    )
    press(page, "4", "4", "1", "r")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert kept() == [
        ("source", "red", 2, "omission", "minor"),
        ("candidate", "roter", 4, "attribute", "critical"),
        ("candidate", "roter Bus", 4, "mistranslation", "major"),
    ]


def test_an_error_is_marked_with_the_mouse_and_shown_in_the_image(
    visits: Visits, held: Assignment
) -> None:
    page = visits.open(held.annotator)
    page.goto(f"/a/{held.pk}/")
    text = page.locator("[data-place^=candidate]")
    left, right, middle = text.evaluate(DOUBLE_CLICK)
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=3)
    page.mouse.up()
    bar = page.get_by_role("group", name="Mark an error")
    bar.get_by_role("button", name="In the image").click()
    bar.get_by_role("button", name="Object not there").click()
    bar.get_by_role("button", name="Critical").click()
    expect(page.locator("mark.span.critical")).to_have_text("Bus wartet")
    page.get_by_role("button", name="Draw on the image").click()
    picture = page.locator(".canvas").bounding_box()
    assert picture is not None
    page.mouse.move(picture["x"] + picture["width"] / 2, picture["y"] + 1)
    page.mouse.down()
    page.mouse.move(picture["x"] + 1, picture["y"] + picture["height"] + 9, steps=3)
    page.mouse.up()
    expect(page.locator("svg.regions rect")).to_have_count(1)
    fill_in(page, Said("reject"))
    with page.expect_navigation():
        save(page)
    assert kept() == [("candidate", "Bus wartet", 10, "object", "critical")]
    region = Judgment.objects.get().spans.get().region
    assert region == pytest.approx((0, 0, 0.5, 1), abs=0.02)


def test_what_was_marked_comes_back_and_can_be_removed(
    visits: Visits, held: Assignment
) -> None:
    said = factories.answer(
        held.candidate,
        "reject",
        spans=[factories.mark("roter"), factories.mark("Bus", category="count")],
    )
    judgment = factories.submitted(held, said)
    page = visits.open(held.annotator)
    page.goto(f"/j/{judgment.pk}/correct/")
    expect(page.locator("mark.span")).to_have_text(["roter", "Bus"])
    page.get_by_role("button", name="Remove").first.click()
    expect(page.locator("mark.span")).to_have_text(["Bus"])
    page.get_by_role("button", name="Save the correction").click()
    after = Judgment.objects.get(replaces=judgment)
    assert [span.words for span in after.spans.all()] == ["Bus"]


@pytest.mark.parametrize("scripts", [True, False])
def test_errors_can_be_typed(visits: Visits, held: Assignment, scripts: bool) -> None:
    visits.expected = {422}
    page = visits.open(held.annotator, width=320, scripts=scripts)
    page.goto(f"/a/{held.pk}/")
    page.get_by_text("Mark errors by typing").click()
    row = page.get_by_role("group", name="Error 1")
    row.get_by_label("Words").fill("grüner Bus")
    row.get_by_label("What is wrong").select_option("Count")
    row.get_by_label("How bad it is").select_option("Minor")
    fill_in(page, Said("reject"))
    save(page)
    sentence = "Marked error 1: The text does not have these words. Copy them from it."
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    row.get_by_label("Words").fill("Bus")
    row.get_by_label("Left").fill("12.5")
    for label in ("Top", "Width", "Height"):
        row.get_by_label(label).fill("20")
    with page.expect_navigation():
        save(page)
    assert kept() == [("candidate", "Bus", 10, "count", "minor")]
    assert Judgment.objects.get().spans.get().region == (0.125, 0.2, 0.2, 0.2)
