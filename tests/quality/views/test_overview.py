"""A project at a glance."""

from __future__ import annotations

import re

from django.urls import reverse

from annotation import assigning
from annotation.models import GenerationJob, Image
from tests import factories
from tests.quality.views.test_home import contested


def numbers(page: str, language: str) -> list[list[int]]:
    """The numbers in the rows of a language, table by table."""
    rows = re.findall(rf'<th scope="row">{language}</th>(.*?)</tr>', page, re.DOTALL)
    return [[int(n) for n in re.findall(r">\s*(\d+)\s*<", row)] for row in rows if row]


def test_the_overview_counts_by_language(ana, bao, chris, lena, project, logged_in):
    contested(project, ana, bao, chris)
    factories.make_candidate(factories.make_item(project))
    item = factories.make_item(project)
    GenerationJob.objects.create(
        project=project,
        item=item,
        language="de",
        task="translate",
        state="set_aside",
        attempts=3,
        last_error="The model answered in English.",
    )

    waiting = factories.make_item(project, image=False)
    waiting.image = Image.objects.create(url="https://a.example/1.jpg", state="pending")
    waiting.save()
    GenerationJob.objects.create(
        project=project, item=waiting, language="de", task="translate"
    )

    page = logged_in(lena).get(reverse("project", args=["demo"])).content.decode()

    decisions, generation = numbers(page, "German")[:2]
    assert decisions == [2, 1, 0, 0, 1, 0, 1, 3, 0, 3]
    assert generation == [1, 0, 0, 0, 2, 1]
    assert numbers(page, "French")[0] == [0] * 10
    assert "The model answered in English." in page


def test_the_overview_lists_members_with_their_languages(ana, lena, logged_in):
    page = logged_in(lena).get(reverse("project", args=["demo"])).content.decode()

    assert "<bdi>Ana</bdi>" in page
    assert "English to French, English to German" in page


def test_the_overview_costs_the_same_for_any_size(
    ana, bao, lena, project, logged_in, django_assert_num_queries
):
    for _ in range(3):
        factories.make_candidate(factories.make_item(project))
    client = logged_in(lena)

    with django_assert_num_queries(16):
        client.get(reverse("project", args=["demo"]))


def test_an_item_that_everybody_skipped_is_shown_with_their_reasons(
    ana, bao, lena, logged_in
):
    project = factories.make_project("pair", overlap=2)
    for user, role in ((ana, "annotator"), (bao, "annotator"), (lena, "lead")):
        factories.enrol(user, project, role, ["de", "fr"])
    candidate = factories.make_candidate(factories.make_item(project))
    address = reverse("project", args=["pair"])
    skipped = factories.assign(candidate, ana)
    assigning.skip(assignment=skipped, by=factories.viewer(ana), reason="too dark")
    factories.judged(candidate, bao)

    page = logged_in(lena).get(address).content.decode()

    assert "too dark" in page
    assert (
        "Ana" not in page.partition("Waiting for people")[2].partition("</section>")[0]
    )
    factories.enrol(factories.make_user("dora"), project, "annotator", ["de"])
    assert "too dark" not in logged_in(lena).get(address).content.decode()


def test_a_language_with_too_few_annotators_is_said(ana, lena, project, logged_in):
    page = logged_in(lena).get(reverse("project", args=["demo"])).content.decode()
    assert "German: 1 annotator enrolled, but every candidate needs 3." in page
