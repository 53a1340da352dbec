from __future__ import annotations

from typing import Any

import pytest

from annotation.models import Job, Project
from tests.api.door import Door


@pytest.fixture
def many(project: Project) -> list[Job]:
    rows = [Job(project=project, kind=Job.Kind.IMPORT) for _ in range(205)]
    return Job.objects.bulk_create(rows)


def listed(door: Door, **query: Any) -> tuple[dict[str, Any], list[int]]:
    body = door.get("projects/demo/jobs", **query).json()
    return body, [row["id"] for row in body["results"]]


def test_list_comes_in_pages_of_fifty(many: list[Job], lena_door: Door) -> None:
    body, ids = listed(lena_door)
    newest = [job.pk for job in reversed(many)]
    assert (body["count"], ids) == (205, newest[:50])
    assert body["previous"] is None
    assert "limit=50&offset=50" in body["next"]


def test_limit_and_offset_choose_a_part(many: list[Job], lena_door: Door) -> None:
    _, ids = listed(lena_door, limit=3, offset=2)
    assert ids == [job.pk for job in reversed(many)][2:5]


def test_limit_has_a_cap(many: list[Job], lena_door: Door) -> None:
    assert len(listed(lena_door, limit=100_000)[1]) == 200


@pytest.mark.parametrize("offset", [10_000, 10**30])
def test_offset_behind_the_end_is_an_empty_page(
    many: list[Job], lena_door: Door, offset: int
) -> None:
    body, ids = listed(lena_door, offset=offset)
    assert (body["count"], ids) == (205, [])


@pytest.mark.parametrize("value", ["-1", "x", "", "1.5", "٣"])
def test_limit_that_is_no_number_is_the_usual_one(
    many: list[Job], lena_door: Door, value: str
) -> None:
    assert len(listed(lena_door, limit=value)[1]) in (3, 50)


def test_next_leads_through_the_whole_list(many: list[Job], lena_door: Door) -> None:
    seen: list[int] = []
    address = "/api/v1/projects/demo/jobs?limit=90"
    while address:
        body = lena_door.client.get(address).json()
        seen += [row["id"] for row in body["results"]]
        address = body["next"]
    assert seen == [job.pk for job in reversed(many)]
