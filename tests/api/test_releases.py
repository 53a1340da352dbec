from __future__ import annotations

from typing import Any

import pytest

from annotation.models import Job, Project, User
from quality.models import Release
from tests.api.door import Door

PATH = "projects/demo/releases"


def released(project: Project, number: int) -> Release:
    return Release.objects.create(
        project=project,
        number=number,
        design=Release.Design.TRAINING,
        languages=["fr"],
        datasets=["pope@1"],
        policy="majority/1",
        items=3,
        left_out={"rejected": 1},
        manifest={
            "files": [{"path": "fr.parquet", "size": 10, "sha256": "0" * 64}],
            "examples": [{"language": "fr", "split": "train", "rows": 3}],
            "notes": ["There are few."],
            "wish": {"english": False},
        },
        manifest_sha256="1" * 64,
    )


def test_releases_are_listed_newest_first(project: Project, lena_door: Door) -> None:
    released(project, 1)
    newest = released(project, 2)
    shown = lena_door.get(PATH).json()["results"]
    assert [row["name"] for row in shown] == ["demo-002", "demo-001"]
    assert shown[0] == {
        "id": newest.pk,
        "name": "demo-002",
        "number": 2,
        "design": "training",
        "languages": ["fr"],
        "datasets": ["pope@1"],
        "policy": "majority/1",
        "items": 3,
        "rows": {"fr": {"train": 3}},
        "left_out": {"rejected": 1},
        "notes": ["There are few."],
        "files": [{"path": "fr.parquet", "size": 10, "sha256": "0" * 64}],
        "manifest_sha256": "1" * 64,
        "created_at": shown[0]["created_at"],
    }


def test_asking_for_a_release_makes_a_job(
    project: Project, lena: User, lena_door: Door
) -> None:
    body = {"design": "training", "languages": ["fr", "de"]}
    response = lena_door.post(PATH, body)
    assert response.status_code == 202, response.content
    job = Job.objects.get()
    assert (job.kind, job.created_by) == (Job.Kind.RELEASE, lena)
    wish = job.arguments["wish"]
    assert (wish["design"], wish["languages"]) == ("training", ["de", "fr"])
    assert (wish["formats"], wish["english"]) == (["parquet"], True)
    assert response.json()["id"] == job.pk


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"design": "novel", "languages": ["fr"]}, 400),
        ({"design": "training", "languages": "fr"}, 400),
        ({"design": "training", "languages": []}, 422),
        ({"design": "training", "languages": ["ja"]}, 422),
        ({"design": "training", "languages": ["fr"], "datasets": []}, 422),
        ({"design": "training", "languages": ["fr"], "datasets": ["pope"]}, 422),
        ({"design": "training", "languages": ["fr"], "formats": ["zip"]}, 400),
        ({"design": "training", "languages": ["fr"], "test_share": 0.91}, 400),
        ({"design": "training", "languages": ["fr"], "arm": "left"}, 400),
        ({"design": "benchmark", "languages": ["fr"], "arm": "english"}, 422),
    ],
)
def test_release_that_cannot_be_is_refused(
    project: Project, lena_door: Door, body: dict[str, Any], status: int
) -> None:
    assert lena_door.post(PATH, body).status_code == status
    assert not Job.objects.exists()


def test_releases_of_another_project_are_not_found(olga: User, lena_door: Door) -> None:
    assert lena_door.get("projects/elsewhere/releases").status_code == 404
