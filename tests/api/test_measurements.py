from __future__ import annotations

from annotation import jobs
from annotation.models import Event, Job, Project, User
from tests import factories
from tests.api.door import Door

PATH = "projects/demo/measurements"


def test_asking_to_measure_makes_a_job(
    project: Project, lena: User, lena_door: Door
) -> None:
    response = lena_door.post(PATH)
    assert response.status_code == 202
    job = Job.objects.get()
    assert (job.project, job.kind, job.created_by) == (project, "measure", lena)
    shown = response.json()
    assert (shown["id"], shown["state"], shown["project"]) == (job.pk, "queued", "demo")
    assert Event.objects.filter(kind=Event.Kind.JOB_REQUESTED, user=lena).exists()


def test_asking_twice_waits_once(lena_door: Door) -> None:
    first, second = lena_door.post(PATH).json(), lena_door.post(PATH).json()
    assert first["id"] == second["id"]


def test_measurements_carry_their_numbers_and_their_n(
    project: Project, ana: User, bao: User, chris: User, lena_door: Door
) -> None:
    candidate = factories.make_candidate(factories.make_item(project))
    for user, verdict in ((ana, "accept"), (bao, "accept"), (chris, "reject")):
        factories.judged(candidate, user, verdict)
    lena_door.post(PATH)
    done = jobs.run(Job.objects.get(kind=Job.Kind.MEASURE).pk)
    assert done is not None
    assert done.state == Job.State.DONE, done.error
    results = lena_door.get(PATH, limit=200).json()["results"]
    verdict = next(
        row
        for row in results
        if (row["criterion"], row["language"]) == ("verdict", "de")
    )
    assert (verdict["items"], verdict["ratings"], verdict["raters"]) == (1, 3, 3)
    assert sum(verdict["label_counts"]) == 3
    assert {"name", "value", "low", "high"} <= set(verdict["estimates"][0])


def test_project_without_measurements_has_an_empty_list(lena_door: Door) -> None:
    assert lena_door.get(PATH).json()["results"] == []


def test_lead_of_another_project_finds_nothing(olga: User, lena_door: Door) -> None:
    assert lena_door.get("projects/elsewhere/measurements").status_code == 404
    assert lena_door.post("projects/elsewhere/measurements").status_code == 404
    assert not Job.objects.exists()
