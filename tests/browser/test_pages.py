"""Every page, narrow and wide, light and dark: it fits, and nothing complains."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from annotation.models import User
from tests.browser.visits import Visits
from tests.browser.world import World, make_world, walk

#: What has an address and is no page.
NO_PAGES = {
    "ahead",
    "draft",
    "undo",
    "agreement_measure",
    "annotators_renew",
    "healthz",
    "image",
    "image_small",
    "job_retry",
    "member_end",
    "logout",
    "reopen",
    "speak",
    "agreement_report",
    "machines_report",
    "release_changes_file",
    "release_download",
    "token_revoke",
}
# Names what sticks out, for the message; what scrolls by itself may be wider.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (el) => el && (getComputedStyle(el).overflowX !== "visible"
    || scrolls(el.parentElement));
  return ["the page"].concat([...document.body.querySelectorAll("*")]
    .filter((el) => el.getBoundingClientRect().right > width + 1
      && !scrolls(el.parentElement))
    .map((el) => `${el.tagName}.${el.className}: ${el.textContent.slice(0, 40)}`));
}"""
OPEN_ALL = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
}"""
UNREADABLE = """() => [...document.images].filter((i) => !i.complete || !i.naturalWidth)
  .map((i) => i.src)"""


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def page_names() -> set[str]:
    """The names of all addresses outside the machine door."""

    def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found |= names(pattern.url_patterns)
            elif pattern.name and not pattern.name.startswith("api_"):
                found.add(pattern.name)
        return found

    return names(get_resolver().url_patterns)


@pytest.mark.usefixtures("_own_folders")
def test_the_walk_leaves_no_page_out(world: World) -> None:
    paths = [path.partition("?")[0] for _, path in walk(world)]
    walked = {resolve(path).url_name for path in paths if "nothing" not in path}
    assert page_names() - NO_PAGES == walked - {"api_docs"}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_and_nothing_complains(
    visits: Visits, world: World, width: int, scheme: Literal["light", "dark"]
) -> None:
    visits.expected = {403, 404}
    pages: dict[User | None, Page] = {}
    trouble = {}
    for user, path in walk(world):
        if user not in pages:
            pages[user] = visits.open(user, width=width, height=700, scheme=scheme)
        page = pages[user]
        page.goto(path)
        page.evaluate(OPEN_ALL)
        found = page.evaluate(STICKING_OUT) + page.evaluate(UNREADABLE)
        if found:
            trouble[f"{user} {path}"] = found[:6]
    assert trouble == {}, json.dumps(trouble, indent=1, ensure_ascii=False)


def test_a_page_on_which_something_is_wrong_is_told_of(visits: Visits) -> None:
    """The nets themselves: too wide, a script in the page, a picture from elsewhere."""
    page = visits.open(width=320)
    page.goto("/help/")
    page.evaluate(
        """() => {
          document.body.innerHTML += "<canvas width=2000></canvas>"
            + "<style>b { color: red }</style>";
          const image = new Image();
          image.src = "http://elsewhere.invalid/a.png";
          document.body.append(image);
        }"""
    )
    page.wait_for_load_state("networkidle")
    assert page.evaluate(STICKING_OUT)[0] == "the page"
    assert page.evaluate(UNREADABLE) == ["http://elsewhere.invalid/a.png"]
    complaints = "\n".join(visits.complaints)
    assert "CSP style-src-elem blocked inline" in complaints
    assert "CSP img-src blocked http://elsewhere.invalid/a.png" in complaints
    visits.complaints.clear()
