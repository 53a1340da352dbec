"""Bodies that are too large are refused before anything reads them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotation.models import Job
from tests.annotation.views.test_imports import fields

JSON = "application/json"


@pytest.fixture
def _narrow(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    settings.MAX_UPLOAD_BYTES = 2 * 2**20


@pytest.mark.usefixtures("_narrow")
def test_a_call_that_is_too_large_is_refused_as_json(db):
    body = b" " * (2**20 + 1)
    response = Client().post("/api/v1/worker/claim", body, content_type=JSON)
    assert response.status_code == 413
    assert response.json() == {"detail": "That is too much at once: 1 MiB at most."}


@pytest.mark.usefixtures("_narrow")
def test_a_form_that_is_too_large_is_refused_with_a_page(db):
    response = Client().post(reverse("login"), {"username": "a" * 2**20})
    assert response.status_code == 413
    assert "1 MiB at most" in response.content.decode()


@pytest.mark.usefixtures("_narrow")
def test_a_file_may_be_larger_than_a_form(project, lena, logged_in):
    address = reverse("imports", args=["demo"]) + "?source=mmbench"
    padded = fields(attribution="a" * (2**20 - 1000))
    response = logged_in(lena).post(address, padded)
    assert response.status_code != 413


@pytest.mark.usefixtures("_narrow")
def test_a_file_of_somebody_unknown_may_not_be(project):
    address = reverse("imports", args=["demo"]) + "?source=mmbench"
    response = Client().post(address, fields(attribution="a" * 2**20))
    assert response.status_code == 413
    assert not Job.objects.exists()


@pytest.mark.usefixtures("_narrow")
def test_a_file_of_an_annotator_may_not_be(project, ana, logged_in):
    address = reverse("imports", args=["demo"]) + "?source=mmbench"
    response = logged_in(ana).post(address, fields(attribution="a" * 2**20))
    assert response.status_code == 413


@pytest.mark.usefixtures("_narrow")
def test_a_file_that_is_too_large_is_refused(project, lena, logged_in):
    address = reverse("imports", args=["demo"]) + "?source=mmbench"
    response = logged_in(lena).post(address, fields(attribution="a" * 2 * 2**20))
    assert response.status_code == 413
    assert not Job.objects.exists()


@pytest.mark.parametrize("charset", ["hex", "utf-7", "latin-1", "unicode_escape"])
def test_text_in_another_encoding_is_refused(db, charset):
    response = Client().generic(
        "POST",
        reverse("login"),
        b"username=%41",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )
    assert (response.status_code, response.content) == (415, b"Send text as UTF-8.\n")


def test_a_body_of_unknown_length_is_refused(db):
    headers = {"Transfer-Encoding": "chunked"}
    response = Client().generic("POST", "/api/v1/worker/claim", headers=headers)
    assert response.status_code == 411


@pytest.mark.parametrize(
    "address",
    [
        "/p/demo/agreement/de/verdict/?by=%00",
        "/p/demo/items/?by=dataset&value=a%00b",
        "/p/demo/items/?%00",
        "/p/demo%00/",
    ],
)
def test_an_address_with_a_nul_is_not_found(project, lena, logged_in, address):
    assert logged_in(lena).get(address).status_code == 404


def test_an_encoded_percent_sign_before_two_noughts_is_none(project, lena, logged_in):
    address = reverse("items", args=["demo"]) + "?value=%2500"
    assert logged_in(lena).get(address).status_code == 200
