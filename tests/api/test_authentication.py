from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from annotation import enrolling
from annotation.models import AccessToken, Membership, Project, User
from api.authentication import TokenThrottle
from tests.api.door import Door

PATH = "/api/v1/projects"


def asked(header: str | None) -> int:
    headers = {"Authorization": header} if header is not None else {}
    return Client(headers=headers).get(PATH).status_code


def test_valid_token_opens_the_door_and_its_use_is_noted(ana_door: Door) -> None:
    assert ana_door.get("projects").status_code == 200
    assert ana_door.token is not None
    ana_door.token.refresh_from_db()
    assert ana_door.token.last_used_at is not None


def test_request_without_token_is_told_how_to_bring_one(project: Project) -> None:
    response = Client().get(PATH)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    assert response.json() == {
        "detail": "Authentication credentials were not provided."
    }


def test_scheme_is_read_in_any_case(ana_door: Door) -> None:
    assert asked(f"bEARER {ana_door.secret}") == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic {secret}", "{secret}"]
)
def test_anything_but_a_bearer_token_is_refused(ana_door: Door, header: str) -> None:
    assert asked(header.format(secret=ana_door.secret)) == 401


def test_cut_and_lengthened_secrets_are_refused(ana_door: Door) -> None:
    assert asked(f"Bearer {ana_door.secret[:-1]}") == 401
    assert asked(f"Bearer {ana_door.secret}x") == 401


def test_session_counts_for_nothing(lena: User) -> None:
    client = Client()
    client.force_login(lena)
    assert client.get(PATH).status_code == 401


def test_revoked_token_is_refused_at_once(ana_door: Door, lena: User) -> None:
    assert ana_door.get("projects").status_code == 200
    assert ana_door.token is not None
    enrolling.revoke_token(token=ana_door.token, by=lena)
    assert ana_door.get("projects").status_code == 401


def test_expired_token_is_refused(ana_door: Door) -> None:
    past = timezone.now() - timedelta(seconds=1)
    AccessToken.objects.update(expires_at=past)
    assert ana_door.get("projects").status_code == 401


def test_token_of_somebody_shut_out_is_refused(ana_door: Door, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert ana_door.get("projects").status_code == 401


def test_token_dies_with_the_role_it_was_made_for(ana_door: Door, ana: User) -> None:
    Membership.objects.filter(user=ana).delete()
    assert ana_door.get("projects").status_code == 401


def test_unknown_revoked_and_expired_look_the_same(ana_door: Door, lena: User) -> None:
    unknown = Door("nonsense").get("projects").json()
    assert ana_door.token is not None
    enrolling.revoke_token(token=ana_door.token, by=lena)
    assert ana_door.get("projects").json() == unknown


def test_token_of_another_role_is_told_which_is_needed(lena_door: Door) -> None:
    response = lena_door.get("judgments")
    assert response.status_code == 403
    assert response.json() == {
        "detail": "This token is for the role lead; this needs annotator."
    }


def test_requests_are_counted_for_each_token(
    ana_door: Door, lena_door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": "2/min"})
    cache.clear()
    codes = [ana_door.get("projects").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert lena_door.get("projects").status_code == 200
    assert int(ana_door.get("projects")["Retry-After"]) > 0
    cache.clear()
