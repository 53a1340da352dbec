"""The agreement page: drawn, as a table, and honest about what is undefined."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotation import jobs
from annotation.models import Job
from tests import factories


@pytest.fixture
def measured(project, ana, bao, chris):
    for verdicts in (("accept",) * 3, ("accept", "accept", "reject")):
        candidate = factories.make_candidate(factories.make_item(project))
        for person, verdict in zip((ana, bao, chris), verdicts, strict=True):
            factories.judged(candidate, person, verdict)
    job = jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    assert job is not None
    assert job.state == "done", job.error


def test_nothing_measured_is_said(lena, project, logged_in):
    page = logged_in(lena).get(reverse("agreement", args=["demo"]))

    assert b"Nothing has been measured yet" in page.content


def test_every_criterion_is_drawn_and_tabled(lena, measured, project, logged_in):
    page = logged_in(lena).get(reverse("agreement", args=["demo"])).content.decode()

    questions = [c.question for c in project.rubric.criteria.all()]
    for question in [*questions, "Verdict"]:
        assert f">{question}</h2>" in page
    # Nobody was asked about a key: the items were captions. The rest is drawn twice.
    assert page.count('class="chart"') == 2 * len(questions)
    assert "How often each label was given" in page


def test_what_is_undefined_says_why(lena, measured, logged_in):
    page = logged_in(lena).get(reverse("agreement", args=["demo"])).content.decode()

    assert "Undefined: there are no complete ratings yet" in page
    assert "Undefined: no variation" in page


def test_languages_without_ratings_are_named_not_drawn(lena, measured, logged_in):
    page = logged_in(lena).get(reverse("agreement", args=["demo"])).content.decode()

    assert "No complete candidate yet: French." in page
    assert "No complete candidate yet: French, German." in page


def test_slices_by_content_kind_have_a_page(lena, project, ana, bao, chris, logged_in):
    for kind in ("caption", "question_answer"):
        candidate = factories.make_candidate(factories.make_item(project, kind))
        for person in (ana, bao, chris):
            factories.judged(candidate, person, "accept")
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)
    address = reverse("agreement", args=["demo"])
    page = logged_in(lena).get(address, {"by": "kind"}).content.decode()

    assert "German: question answer" in page
    assert '<a href="?by=kind" aria-current="page">' in page
    only = logged_in(lena).get(address, {"by": "generator"}).content.decode()
    assert "There is only one" in only


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("csv", "have two ratings or more, and below 10"),
        ("json", '"agreement-report/1"'),
        ("tex", r"\toprule"),
        ("txt", "verdict"),
        ("md", "Controls, texts that people had edited"),
    ],
)
def test_the_numbers_leave_as_a_file(lena, ana, measured, logged_in, form, said):
    address = reverse("agreement_report", args=["demo", form])
    answer = logged_in(lena).get(address)
    assert said in answer.content.decode()
    assert f'filename="agreement-demo.{form}"' in answer["Content-Disposition"]
    assert logged_in(ana).get(address).status_code == 403


def test_a_form_that_nobody_writes_is_not_found(lena, project, logged_in):
    address = reverse("agreement_report", args=["demo", "exe"])
    assert logged_in(lena).get(address).status_code == 404


def test_cautions_are_sentences(lena, measured, logged_in):
    page = logged_in(lena).get(reverse("agreement", args=["demo"])).content.decode()

    assert "<bdi>German</bdi>: Only 2 items with two ratings or more" in page


def test_measuring_can_be_asked_for(lena, project, logged_in):
    client = logged_in(lena)

    response = client.post(reverse("agreement_measure", args=["demo"]), follow=True)

    assert Job.objects.get().kind == "measure"
    assert "Measuring is on its way." in response.content.decode()
    assert 'hx-trigger="every 2s"' in response.content.decode()


def test_measuring_takes_a_post_of_a_lead(lena, ana, adam, project, logged_in):
    address = reverse("agreement_measure", args=["demo"])

    assert logged_in(lena).get(address).status_code == 405
    for person in (ana, adam):
        assert logged_in(person).post(address).status_code == 403
    assert not Job.objects.exists()


def test_the_page_costs_the_same_for_any_number_of_slices(
    lena, measured, logged_in, django_assert_num_queries
):
    client = logged_in(lena)

    with django_assert_num_queries(9):
        client.get(reverse("agreement", args=["demo"]))
