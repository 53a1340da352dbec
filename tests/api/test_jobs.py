from __future__ import annotations

from annotation.models import Job, Project
from tests import factories
from tests.api.door import Door


def test_job_shows_how_far_it_is(project: Project, lena_door: Door) -> None:
    job = Job.objects.create(
        project=project,
        kind=Job.Kind.IMPORT,
        state=Job.State.RUNNING,
        step="reading",
        done=30,
        total=120,
    )
    shown = lena_door.get(f"jobs/{job.pk}").json()
    assert (shown["state"], shown["step"]) == ("running", "reading")
    assert (shown["done"], shown["total"], shown["percent"]) == (30, 120, 25)
    assert shown["finished_at"] is None


def test_jobs_of_a_project_are_listed_newest_first(
    project: Project, lena_door: Door
) -> None:
    made = [Job.objects.create(project=project, kind=Job.Kind.IMPORT) for _ in range(3)]
    shown = lena_door.get("projects/demo/jobs").json()["results"]
    assert [row["id"] for row in shown] == [job.pk for job in reversed(made)]


def test_job_of_another_project_is_not_found(lena_door: Door) -> None:
    elsewhere = factories.make_project(code="elsewhere")
    job = Job.objects.create(project=elsewhere, kind=Job.Kind.IMPORT)
    hidden = lena_door.get(f"jobs/{job.pk}")
    absent = lena_door.get(f"jobs/{job.pk + 1000}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_number_beyond_the_database_is_not_found(lena_door: Door) -> None:
    assert lena_door.get(f"jobs/{10**30}").status_code == 404
