from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from drf_spectacular.validation import validate_schema

from annotation.models import Role, User
from api.schema import document
from api.urls import urlpatterns
from tests.api.door import Door

ADDRESS = "/api/schema.json"


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, said)
        for path, methods in document()["paths"].items()
        for method, said in methods.items()
    ]


def test_document_is_valid_openapi() -> None:
    validate_schema(document())  # type: ignore[no-untyped-call]
    assert document()["openapi"].startswith("3.")


def test_document_is_made_without_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document.cache_clear()
    document()
    assert capsys.readouterr().err == ""


def _is_endpoint(route: URLPattern) -> bool:
    return str(route.pattern).startswith("v1/")


def test_every_endpoint_is_described() -> None:
    routes = [route for route in urlpatterns if _is_endpoint(route)]
    assert len(document()["paths"]) == len(routes) > 15


def test_every_operation_says_whose_token_it_needs_and_what_refuses_it() -> None:
    known = {"worker", *Role.values}
    for path, method, said in operations():
        assert set(said["x-roles"]) <= known, path
        assert said["x-roles"], path
        assert said["description"], path
        assert said["security"] == [{"token": []}], path
        assert {"401", "403"} <= set(said["responses"]), (path, method)
        assert len(said["tags"]) == 1


def test_operation_ids_are_unique() -> None:
    ids = [said["operationId"] for _, _, said in operations()]
    assert len(set(ids)) == len(ids)


def test_lists_are_described_as_pages() -> None:
    said = document()["paths"]["/api/v1/judgments"]["get"]
    assert [p["name"] for p in said["parameters"]] == ["limit", "offset"]
    schema = said["responses"]["200"]["content"]["application/json"]["schema"]
    page = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert list(page["properties"]) == ["count", "next", "previous", "results"]


def test_worker_messages_are_described_field_for_field() -> None:
    said = document()["paths"]["/api/v1/worker/claim"]["post"]
    schema = said["requestBody"]["content"]["application/json"]["schema"]
    claim = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert claim["required"] == ["engine", "engine_version", "limit", "worker"]


def test_document_is_open_to_people_who_are_logged_in(lena: User) -> None:
    client = Client()
    client.force_login(lena)
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.json() == document()


def test_document_is_open_to_every_token(worker_door: Door, ana_door: Door) -> None:
    for door in (worker_door, ana_door):
        assert door.client.get(ADDRESS).status_code == 200


@pytest.mark.django_db
def test_document_is_closed_to_everybody_else() -> None:
    assert Client().get(ADDRESS).status_code == 401
    assert Door("nonsense").client.get(ADDRESS).status_code == 401
