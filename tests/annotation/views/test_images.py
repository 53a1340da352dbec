"""Pictures go only to those who may see them, and cannot do anything there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


@pytest.fixture
def address(candidate):
    return reverse("image", args=[candidate.item.image.sha256])


def test_a_picture_comes_as_its_display_copy(lena, candidate, address, logged_in):
    response = logged_in(lena).get(address)

    shown = candidate.item.image.display_path.read_bytes()
    assert b"".join(response.streaming_content) == shown
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == "inline"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert set(response["Cache-Control"].split(", ")) == {
        "private",
        "immutable",
        "max-age=31536000",
    }


def test_a_picture_opens_to_an_annotator_with_its_item(
    ana, candidate, address, logged_in
):
    client = logged_in(ana)
    assert client.get(address).status_code == 404

    factories.assign(candidate, ana)

    response = client.get(address)
    assert response.status_code == 200
    response.close()


def test_a_picture_hides_from_outsiders(olga, address, logged_in):
    assert logged_in(olga).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_another_site_cannot_embed_a_picture(lena, address, logged_in):
    response = logged_in(lena).get(address, headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 404


def test_a_lost_file_is_said_to_be_missing(lena, candidate, address, logged_in):
    candidate.item.image.display_path.unlink()

    response = logged_in(lena).get(address)

    assert response.status_code == 404
    assert b"The file of this picture is missing." in response.content
