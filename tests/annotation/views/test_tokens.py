"""Tokens are made, shown once and revoked."""

from __future__ import annotations

import re

from django.urls import reverse

from annotation import enrolling
from annotation.models import AccessToken
from tests import factories


def address() -> str:
    return reverse("tokens", args=["demo"])


def test_a_new_token_is_shown_this_once(lena, project, logged_in):
    client = logged_in(lena)
    fields = {"name": "gpu-1", "role": "worker", "days": 30}

    posted = client.post(address(), fields)
    assert posted["Location"] == address()
    page = client.get(address())

    match = re.search(r'class="secret">(concord_[^<]+)<', page.content.decode())
    assert match
    assert enrolling.find_token(match[1]) == AccessToken.objects.get()
    assert "no-store" in page["Cache-Control"]
    assert match[1] not in client.get(address()).content.decode()


def test_a_token_for_oneself_is_ones_own(lena, project, logged_in):
    logged_in(lena).post(address(), {"name": "script", "role": "lead", "days": 30})

    token = AccessToken.objects.get()
    assert (token.role, token.user, token.created_by) == ("lead", lena, lena)


def test_a_role_one_does_not_hold_is_refused(lena, project, logged_in):
    fields = {"name": "script", "role": "annotator", "days": 30}

    response = logged_in(lena).post(address(), fields)

    assert response.status_code == 422
    assert not AccessToken.objects.exists()


def test_a_token_can_be_revoked(lena, project, logged_in):
    token, secret = factories.make_worker_token(project)

    response = logged_in(lena).post(reverse("token_revoke", args=["demo", token.pk]))

    assert response["Location"] == address()
    assert enrolling.find_token(secret) is None


def test_nobody_else_revokes(ana, olga, project, logged_in):
    token, secret = factories.make_worker_token(project)

    for user, status in ((ana, 403), (olga, 404)):
        response = logged_in(user).post(
            reverse("token_revoke", args=["demo", token.pk])
        )
        assert response.status_code == status
    assert enrolling.find_token(secret) == token


def test_the_list_costs_the_same_for_any_length(
    lena, project, logged_in, django_assert_num_queries
):
    for _ in range(3):
        factories.make_worker_token(project)
    client = logged_in(lena)

    with django_assert_num_queries(6):
        client.get(address())
