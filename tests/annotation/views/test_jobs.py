"""The lead watches long work."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from annotation import importing, jobs
from annotation.models import Job


@pytest.fixture
def job(project, lena):
    return jobs.ask(Job.Kind.MEASURE, project=project, by=lena)


def set_state(job: Job, state: str, **fields) -> None:
    ended = timezone.now() if state in ("done", "failed") else None
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=ended, **fields)


def test_moving_jobs_are_polled_and_can_be_refreshed_by_hand(lena, job, logged_in):
    page = logged_in(lena).get(reverse("jobs", args=["demo"])).content.decode()

    assert 'hx-trigger="every 2s"' in page
    assert ">Refresh</a>" in page


def test_jobs_at_rest_are_not_polled(lena, job, logged_in):
    set_state(job, "done", result={"looked_at": 10, "items": 2})

    page = logged_in(lena).get(reverse("jobs", args=["demo"])).content.decode()

    assert "hx-trigger" not in page
    assert "looked at: 10" in page
    assert "items: 2" in page


def test_a_running_job_shows_how_far_it_is(lena, job, logged_in):
    set_state(job, "running", done=3, total=12, step="deciding")

    page = logged_in(lena).get(reverse("jobs", args=["demo"])).content.decode()

    assert '<progress max="12" value="3"' in page
    assert "25 %" in page
    assert "deciding" in page


def test_polling_gets_the_table_alone(lena, job, logged_in):
    client = logged_in(lena)

    response = client.get(
        reverse("jobs", args=["demo"]), headers={"hx-request": "true"}
    )

    assert response.content.decode().lstrip().startswith('<div id="jobs"')
    assert "HX-Request" in response["Vary"]


def test_a_failed_job_can_be_tried_again(lena, job, logged_in):
    set_state(job, "failed", error="The disk was full.")
    client = logged_in(lena)
    page = client.get(reverse("jobs", args=["demo"])).content.decode()
    assert "The disk was full." in page

    response = client.post(reverse("job_retry", args=["demo", job.pk]))

    job.refresh_from_db()
    assert response["Location"] == reverse("jobs", args=["demo"])
    assert (job.state, job.error) == ("queued", "")


def test_a_job_that_did_not_fail_is_not_tried_again(lena, job, logged_in):
    response = logged_in(lena).post(reverse("job_retry", args=["demo", job.pk]))

    assert response.status_code == 409
    assert b"Only a failed job can be tried again." in response.content


def test_nobody_else_retries(ana, olga, job, logged_in):
    set_state(job, "failed", error="x")

    for user, status in ((ana, 403), (olga, 404)):
        response = logged_in(user).post(reverse("job_retry", args=["demo", job.pk]))
        assert response.status_code == status
    job.refresh_from_db()
    assert job.state == "failed"


def test_the_list_costs_the_same_for_any_length(
    lena, project, logged_in, django_assert_num_queries
):
    for _ in range(3):
        jobs.ask(Job.Kind.IMPORT, project=project, by=lena)
    client = logged_in(lena)

    with django_assert_num_queries(6):
        client.get(reverse("jobs", args=["demo"]))


def test_no_jobs_is_said(lena, logged_in):
    page = logged_in(lena).get(reverse("jobs", args=["demo"]))

    assert b"No jobs yet" in page.content


def test_jobs_of_one_kind_are_told_apart(lena, project, logged_in):
    for name in ("alpha", "beta"):
        importing.ask(project=project, source="pope", path="a.tsv", name=name, by=lena)
    page = logged_in(lena).get(reverse("jobs", args=["demo"])).content.decode()
    assert "<bdi>alpha, pope</bdi>" in page
    assert "<bdi>beta, pope</bdi>" in page
