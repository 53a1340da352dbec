"""What an address stands for, before anything is fetched."""

from __future__ import annotations

import pytest

from annotation import images
from annotation.models import Image
from tests.factories import picture

pytestmark = pytest.mark.django_db
A, B = "http://one.invalid/a.png", "http://two.invalid/b.png"


def test_an_unknown_address_waits_with_what_upstream_claims():
    found = images.addressed({A: "", B: "1" * 64})
    assert {url: image.state for url, image in found.items()} == {
        A: "pending",
        B: "pending",
    }
    assert found[B].claimed_sha256 == "1" * 64
    assert images.addressed({A: "", B: "1" * 64}) == found


def test_an_address_that_came_with_its_bytes_is_not_fetched():
    stored = images.store(picture(), url=A)
    assert images.addressed({A: ""}) == {A: stored}


def test_bytes_known_by_the_hash_that_upstream_gives_need_no_address():
    stored = images.store(picture(), url=A)
    assert images.addressed({B: stored.sha256}) == {B: stored}
    assert Image.objects.count() == 1


def test_a_stored_image_comes_before_a_waiting_one_of_the_same_address():
    images.addressed({A: ""})
    stored = images.store(picture(), url=A)
    assert images.addressed({A: ""}) == {A: stored}


def test_an_address_that_shares_its_bytes_leads_to_them():
    stored = images.store(picture(), url=A)
    Image.objects.create(url=B, state=Image.State.SAME, same_as=stored)
    assert images.addressed({B: ""}) == {B: stored}


def test_what_is_gone_stays_gone_for_a_second_import():
    Image.objects.create(url=A, state=Image.State.GONE, reason="its host answers 404")
    assert images.addressed({A: ""})[A].state == Image.State.GONE


def test_a_hash_that_comes_later_is_noted_and_the_first_one_stays():
    images.addressed({A: "", B: "1" * 64})
    found = images.addressed({A: "2" * 64, B: "3" * 64})
    claims = Image.objects.values_list("url", "claimed_sha256")
    assert dict(claims) == {A: "2" * 64, B: "1" * 64}
    assert found[A].claimed_sha256 == "2" * 64


@pytest.mark.parametrize(
    ("claimed", "matches"), [("", True), ("1" * 64, True), ("9" * 64, False)]
)
def test_other_bytes_than_claimed_are_marked(claimed, matches):
    assert Image(url=A, claimed_sha256=claimed).is_claimed("1" * 64) is matches


def test_nothing_is_asked_of_the_database_for_each_address(
    django_assert_max_num_queries,
):
    with django_assert_max_num_queries(8):
        images.addressed({f"http://x.invalid/{n}": f"{n:064d}" for n in range(500)})
