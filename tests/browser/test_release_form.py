"""The form of a release shows what its design can have, without any script."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from annotation.models import Project, User
from tests.browser.visits import Visits


def test_a_benchmark_has_no_choices_of_a_training_set(
    visits: Visits, project: Project, lena: User
) -> None:
    page = visits.open(lena, width=390, scripts=False)
    page.goto(visits.url + reverse("releases", args=[project.code]))
    page.get_by_text("More choices").click()
    formats, note = page.locator(".for-training"), page.locator(".for-benchmark")
    expect(formats).to_be_visible()
    expect(note).to_be_hidden()
    page.get_by_label("Benchmark set").check()
    expect(formats).to_be_hidden()
    expect(note).to_be_visible()
    page.get_by_label("Training set").check()
    page.get_by_label("LLaVA JSON").check()
    page.get_by_label("Benchmark set").check()
    visits.expected = {422}
    page.get_by_role("button", name="Make a release").click()
    expect(page.locator("main")).to_contain_text(
        "leave the choice of formats to training sets"
    )
    expect(formats).to_be_visible()
