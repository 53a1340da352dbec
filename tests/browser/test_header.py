"""The bar above every page: one line for those with few pages, two for leads."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from annotation.models import Project, User
from tests import factories
from tests.browser.visits import Visits

LINES = """() => {
  const tops = [...document.querySelectorAll("header.top a, header.top button")]
    .filter((el) => el.offsetParent).map((el) => el.getBoundingClientRect())
    .map((box) => Math.round((box.top + box.bottom) / 2 / 8));
  return new Set(tops).size;
}"""


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    project: Project = factories.make_project(
        name="Multi-PixMo, captions and questions"
    )
    found = {
        name: factories.make_user(name, last_name="Muster") for name in ("ana", "lena")
    }
    factories.enrol(found["ana"], project, "annotator", ["fr", "de"])
    for role in ("lead", "adjudicator", "annotator"):
        factories.enrol(found["lena"], project, role, ["fr", "de"])
    return found


def lines(page: Page) -> int:
    found: int = page.evaluate(LINES)
    return found


@pytest.mark.slow
def test_the_bar_keeps_to_its_lines_at_1280(
    visits: Visits, people: dict[str, User]
) -> None:
    judging = visits.open(people["ana"])
    judging.goto("/p/demo/judge/de/?empty=1")
    leading = visits.open(people["lena"])
    leading.goto("/p/demo/")
    assert (lines(judging), lines(leading)) == (1, 2)
    links = leading.locator("header.top nav a").all()
    account = leading.locator("header.top .account").bounding_box()
    tops = {round(box["y"]) for link in links if (box := link.bounding_box())}
    assert len(links) > 10
    assert account is not None
    assert len(tops) == 1
    assert tops.pop() >= account["y"] + account["height"]
