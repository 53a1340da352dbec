"""Each role at each endpoint: the table of who may do what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotation.models import Judgment, User
from tests.api.door import Door
from tests.rules.requests import ask, content
from tests.rules.world import ENDPOINTS, World, bearer

ROLES = ("annotator", "lead", "adjudicator", "worker")
PEOPLE = {"annotator": "bao", "lead": "lena", "adjudicator": "adam", "worker": ""}

#: Endpoint and method to the status for annotator, lead, adjudicator and worker.
TABLE: dict[tuple[str, str], tuple[int, int, int, int]] = {
    ("api_schema", "GET"): (200, 200, 200, 200),
    ("api_image", "GET"): (200, 200, 200, 200),
    ("api_claim", "POST"): (403, 403, 403, 200),
    ("api_heartbeat", "POST"): (403, 403, 403, 200),
    ("api_result", "PUT"): (403, 403, 403, 200),
    ("api_fail", "POST"): (403, 403, 403, 409),
    ("api_projects", "GET"): (200, 200, 200, 403),
    ("api_next", "POST"): (200, 403, 403, 403),
    ("api_assignment", "GET"): (200, 403, 403, 403),
    ("api_submit", "PUT"): (200, 403, 403, 403),
    ("api_skip", "POST"): (204, 403, 403, 403),
    ("api_report", "POST"): (204, 403, 403, 403),
    ("api_judgments", "GET"): (200, 403, 403, 403),
    ("api_correct", "PUT"): (200, 403, 403, 403),
    ("api_measurements", "GET"): (403, 200, 403, 403),
    ("api_measurements", "POST"): (403, 202, 403, 403),
    ("api_tally", "GET"): (403, 200, 403, 403),
    ("api_releases", "GET"): (403, 200, 403, 403),
    ("api_releases", "POST"): (403, 202, 403, 403),
    ("api_jobs", "GET"): (403, 200, 403, 403),
    ("api_job", "GET"): (403, 200, 403, 403),
    ("api_contested", "GET"): (403, 403, 200, 403),
    ("api_candidate", "GET"): (403, 403, 200, 403),
    ("api_ruling", "POST"): (403, 403, 201, 403),
}


def test_table_names_every_endpoint() -> None:
    assert {name for name, _ in TABLE} == set(ENDPOINTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "method"), TABLE)
def test_role_at_endpoint(world: World, role: str, name: str, method: str) -> None:
    client = world.token(PEOPLE[role], role)
    response = ask(client, method, name, world.place)
    assert response.status_code == TABLE[name, method][ROLES.index(role)]


def test_worker_token_reads_no_judgment(world: World) -> None:
    worker = world.token("", "worker")
    for name in ENDPOINTS:
        response = ask(worker, "GET", name, world.place)
        assert world.anas.note.encode() not in content(response)
    assert Judgment.objects.filter(note=world.anas.note).exists()


def test_token_of_one_role_gives_no_other_role_of_its_person(
    world: World, door_of: Callable[..., Door], bao: User, lena: User
) -> None:
    """Olga leads, judges and adjudicates; her annotator token still only judges."""
    olga = world.token("olga", "annotator", code="elsewhere")
    assert olga.get("/api/v1/judgments").status_code == 200
    assert olga.get("/api/v1/projects/elsewhere/tally").status_code == 403


def test_secret_of_nobody_opens_nothing(world: World) -> None:
    nobody = bearer("concord_nothing")
    codes = {ask(nobody, "GET", name, world.place).status_code for name in ENDPOINTS}
    assert codes == {401}
