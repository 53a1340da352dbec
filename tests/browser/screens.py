"""What a person does on a page, in their words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from annotation.models import Assignment

BEST = {"adequacy": 4, "fluency": 4, "ungrounded": 0, "key_preserved": 1}
ASSIGNMENT = re.compile(r"/a/([0-9a-f-]{36})/")
ALL_DONE = "That was all for now"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: verdict, new wordings by what they replace, and ratings."""

    verdict: str
    edits: dict[str, str] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=dict)
    note: str = ""


def assignment_on(page: Page) -> Assignment:
    """The assignment that this judging page shows."""
    found = ASSIGNMENT.search(page.url)
    assert found, f"{page.url} is no judging page"
    rows = Assignment.objects.select_related("candidate__item__dataset")
    return rows.get(pk=found[1])


def start_judging(page: Page, language: str = "de") -> None:
    """From the first page to the next item of a language."""
    page.goto("/")
    page.locator(f"form[action$='/judge/{language}/'] button").click()


def is_done(page: Page) -> bool:
    return page.get_by_role("heading", name=ALL_DONE).is_visible()


def fill_in(page: Page, said: Said) -> None:
    """Answer everything on a judging page; nothing is saved yet."""
    for code, best in BEST.items():
        value = said.ratings.get(code, best)
        point = page.locator(f"[name=rating-{code}][value='{value}']")
        if point.count():
            point.check()
    page.locator(f"[name=verdict][value={said.verdict}]").check()
    if said.edits:
        change_texts(page, said.edits)
    if said.note:
        page.get_by_label("Note").fill(said.note)


def change_texts(page: Page, edits: dict[str, str]) -> None:
    details = page.locator("details.edits")
    if details.count() and details.get_attribute("open") is None:
        details.locator("summary").click()
    for text in page.locator("textarea[name^=edit-]").all():
        before = text.input_value()
        after = before
        for old, new in edits.items():
            after = after.replace(old, new)
        if after != before:
            text.fill(after)


def press_save(page: Page) -> None:
    page.get_by_role("button", name="Save and next").click()


def save(page: Page) -> None:
    """Save, and wait until the next item, or this one with its errors, is there."""
    with page.expect_navigation():
        press_save(page)


def wait_until(page: Page, is_so: Callable[[], bool], *, seconds: float = 60) -> None:
    """Reload until it is so; what a person without scripts would do."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, f"waited {seconds} s at {page.url}"
        time.sleep(0.5)
        page.reload()
