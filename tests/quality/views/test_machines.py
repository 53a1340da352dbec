"""The page of machine raters: asked for, shown beside people, never deciding."""

from __future__ import annotations

import numpy as np
import pytest
from django.urls import reverse

from annotation import jobs
from annotation.models import GenerationJob, Job
from tests.factories import make_candidate, make_item
from tests.machines import JUDGE, machine_judged
from tests.quality.crowd import judged_by_all

ADDRESS = "/p/demo/machines/"


@pytest.fixture
def measured(project, ana, bao, chris):
    said = np.array([[0, 0, 0]] * 6 + [[0, 0, 1]] * 3 + [[1, 1, 1]] * 3)
    fluency = np.array([[3, 3, 2]] * 12)
    people = (ana, bao, chris)
    for candidate in judged_by_all(project, people, said, {"fluency": fluency}):
        machine_judged(candidate, "accept")
    jobs.run(jobs.ask(Job.Kind.MEASURE, project=project).pk)


def test_the_page_says_how_to_get_them_and_that_they_never_decide(
    lena, project, logged_in
):
    page = logged_in(lena).get(ADDRESS).content.decode()
    assert "No model stands beside people yet" in page
    assert "Machine ratings never decide." in page
    agreement = logged_in(lena).get(reverse("agreement", args=["demo"]))
    assert ADDRESS in agreement.content.decode()


def test_a_lead_asks_once_for_each_candidate(lena, project, logged_in):
    for language in ("de", "fr"):
        make_candidate(make_item(project), language)
    client = logged_in(lena)
    sent = {"judge": JUDGE, "language": "de"}
    page = client.post(ADDRESS, sent, follow=True).content.decode()
    assert f"1 candidate waits for {JUDGE}." in page
    page = client.post(ADDRESS, sent, follow=True).content.decode()
    assert "has been asked about all of them before" in page
    client.post(ADDRESS, {"judge": JUDGE})
    assert GenerationJob.objects.filter(task="judge").count() == 2


@pytest.mark.parametrize(
    ("judge", "reason"),
    [("", "Give the name of the model that is to judge."), ("a b", "without blanks")],
)
def test_a_bad_name_stays_in_the_form_with_its_reason(
    lena, project, logged_in, judge, reason
):
    response = logged_in(lena).post(ADDRESS, {"judge": judge})
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not GenerationJob.objects.filter(task="judge").exists()


def test_each_model_stands_beside_people_with_intervals(lena, measured, logged_in):
    page = logged_in(lena).get(ADDRESS).content.decode()
    assert f"<bdi>{JUDGE}</bdi>" in page
    for name in ("machine-gwet-ac1/1", "machine-cohen-kappa-quadratic/1"):
        assert name in page
    assert "0.67" in page  # (6 + 3 * 2/3) / 12 of the verdicts
    assert "+0.33" in page  # people's mean of fluency is a third below the model's
    assert "the points have no order" in page


def test_files_are_to_be_had_and_others_are_not(lena, measured, logged_in):
    client = logged_in(lena)
    table = client.get(reverse("machines_report", args=["demo", "csv"]))
    assert table.content.decode().startswith("model,model_revision,")
    assert "machines-demo.csv" in table["Content-Disposition"]
    content = client.get(reverse("machines_report", args=["demo", "json"])).json()
    assert {line["criterion"] for line in content["lines"]} == {"verdict", "fluency"}
    assert (
        client.get(reverse("machines_report", args=["demo", "tex"])).status_code == 404
    )


def test_annotators_and_adjudicators_are_kept_out(ana, adam, measured, logged_in):
    for person in (ana, adam):
        for address in (ADDRESS, ADDRESS + "report.csv"):
            assert logged_in(person).get(address).status_code in (403, 404)
        assert logged_in(person).post(ADDRESS, {"judge": "x"}).status_code in (403, 404)
