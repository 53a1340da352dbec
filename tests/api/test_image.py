from __future__ import annotations

import hashlib

import pytest

from annotation import images
from annotation.models import Image, Item, Project, User
from tests import factories
from tests.api.door import Door


@pytest.fixture
def item(project: Project) -> Item:
    return factories.make_item(project)


@pytest.fixture
def image(item: Item) -> Image:
    assert item.image is not None
    return item.image


def test_worker_gets_the_original_bytes(worker_door: Door, image: Image) -> None:
    response = worker_door.get(f"images/{image.sha256}")
    body = response.getvalue()
    assert response.status_code == 200
    assert hashlib.sha256(body).hexdigest() == image.sha256
    assert response["Content-Type"] == "image/png"


def test_people_get_the_fresh_copy(lena_door: Door, image: Image) -> None:
    response = lena_door.get(f"images/{image.sha256}")
    assert response.getvalue() == factories.display_path(image).read_bytes()
    assert response["Content-Type"] == "image/png"


def test_photograph_is_served_as_jpeg(project: Project, lena_door: Door) -> None:
    item = factories.make_item(project)
    assert item.image is not None
    factories.display_path(item.image).write_bytes(b"\xff\xd8\xff\xe0rest")
    response = lena_door.get(f"images/{item.image.sha256}")
    assert response["Content-Type"] == "image/jpeg"
    assert response.getvalue() == b"\xff\xd8\xff\xe0rest"


def test_original_is_never_shown_in_place_and_nothing_in_it_runs(
    worker_door: Door, lena_door: Door, image: Image
) -> None:
    original = worker_door.get(f"images/{image.sha256}")
    shown = lena_door.get(f"images/{image.sha256}")
    assert original.getvalue()
    assert shown.getvalue()
    assert original["Content-Disposition"] == "attachment"
    assert shown["Content-Disposition"] == "inline"
    for response in (original, shown):
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_picture_may_be_kept_for_ever_by_its_owner_alone(
    lena_door: Door, image: Image
) -> None:
    response = lena_door.get(f"images/{image.sha256}")
    assert response.getvalue()
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_annotator_sees_a_picture_once_assigned(
    ana: User, ana_door: Door, item: Item, image: Image
) -> None:
    assert ana_door.get(f"images/{image.sha256}").status_code == 404
    factories.assign(factories.make_candidate(item), ana)
    response = ana_door.get(f"images/{image.sha256}")
    assert response.status_code == 200
    assert response.getvalue()


def test_picture_of_another_project_looks_absent(
    project: Project, lena_door: Door
) -> None:
    foreign = images.store(factories.picture("blue"))
    hidden = lena_door.get(f"images/{foreign.sha256}")
    absent = lena_door.get(f"images/{'0' * 64}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_lost_file_is_not_found(worker_door: Door, image: Image) -> None:
    image.original_path.unlink()
    assert worker_door.get(f"images/{image.sha256}").status_code == 404


def test_name_that_is_no_hash_is_not_found(worker_door: Door) -> None:
    assert worker_door.get("images/..%2f..%2fsecret").status_code == 404
