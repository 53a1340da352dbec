"""Pictures go only to those who may see them, and cannot do anything there."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from annotation import images
from annotation.models import Item
from tests import factories
from tests.corpus.pictures.hostile import with_notes


@pytest.fixture
def candidate(project):
    return factories.make_candidate(factories.make_item(project))


@pytest.fixture
def address(candidate):
    return reverse("image", args=[candidate.item.image.sha256])


def test_a_picture_comes_as_its_display_copy(lena, candidate, address, logged_in):
    response = logged_in(lena).get(address)

    shown = factories.display_path(candidate.item.image).read_bytes()
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


@pytest.fixture
def small(candidate):
    return reverse("image_small", args=[candidate.item.image.sha256])


def test_a_thumbnail_comes_under_its_own_address(
    lena, candidate, address, small, logged_in
):
    assert small == f"{address}/small"
    response = logged_in(lena).get(small)
    shown = Pillow.open(io.BytesIO(b"".join(response.streaming_content)))
    assert shown.size == (256, 192)
    assert response["Content-Type"] == "image/png"
    for name, value in images.SAFE_HEADERS.items():
        assert response[name] == value


def test_a_thumbnail_hides_as_the_picture_does(ana, olga, small, logged_in):
    for person in (ana, olga):
        assert logged_in(person).get(small).status_code == 404
    assert Client().get(small).status_code == 302
    assert logged_in(olga).get("/i/quokka/small").status_code == 404


def test_no_answer_holds_a_byte_that_was_hidden_in_the_original(
    lena, project, logged_in
):
    image = images.store(with_notes())
    item = factories.make_item(project)
    Item.objects.filter(pk=item.pk).update(image=image)
    for name in ("image", "image_small"):
        response = logged_in(lena).get(reverse(name, args=[image.sha256]))
        assert response.status_code == 200
        assert b"quokka" not in b"".join(response.streaming_content)


def test_a_lost_copy_is_shown_all_the_same(lena, candidate, address, logged_in):
    factories.display_path(candidate.item.image).unlink()

    response = logged_in(lena).get(address)

    assert response.status_code == 200
    response.close()


def test_a_lost_picture_is_said_to_be_missing(lena, candidate, address, logged_in):
    factories.display_path(candidate.item.image).unlink()
    candidate.item.image.original_path.unlink()

    response = logged_in(lena).get(address)

    assert response.status_code == 404
    assert b"The file of this picture is missing." in response.content
