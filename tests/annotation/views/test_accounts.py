"""Logging in and out, and the profile."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from annotation import enrolling
from annotation.models import User


@pytest.fixture
def link(ana, settings):
    return enrolling.login_link(ana).removeprefix(settings.BASE_URL)


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_link_asks_before_it_logs_in(link, client):
    response = client.get(link)

    assert response.status_code == 200
    assert b"Log in as <bdi>Ana</bdi>" in response.content
    assert not is_logged_in(client)


def test_pressing_the_button_logs_in(link, client, ana):
    response = client.post(link)

    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(ana.pk)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_changed_is_not_taken(link, client, method):
    response = getattr(client, method)(link[:-3] + "xx/")

    assert response.status_code == 404
    assert b"This link is not complete, or it has expired" in response.content
    assert not is_logged_in(client)


def test_a_password_logs_in(ana, client):
    fields = {"username": "ana", "password": "spring-rain-7", "next": "/help/"}

    response = client.post(reverse("login"), fields)

    assert response["Location"] == "/help/"
    assert is_logged_in(client)


def test_a_wrong_password_says_so(ana, client):
    response = client.post(reverse("login"), {"username": "ana", "password": "guess"})

    assert b"correct username and password" in response.content
    assert not is_logged_in(client)


def test_the_login_leads_nowhere_else(ana, client):
    fields = {"username": "ana", "password": "spring-rain-7", "next": "//evil.example"}

    assert client.post(reverse("login"), fields)["Location"] == reverse("home")


def test_logging_out_takes_a_post(ana, logged_in):
    client = logged_in(ana)

    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert not is_logged_in(client)


def test_the_profile_keeps_theme_and_keys(ana, logged_in):
    client = logged_in(ana)

    client.post(reverse("profile"), {"theme": "dark"})

    ana = User.objects.get(pk=ana.pk)
    assert (ana.theme, ana.single_keys) == ("dark", False)
    page = client.get(reverse("profile")).content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert f'<body data-keys="off" data-user="{ana.pk}">' in page


def test_the_profile_refuses_an_unknown_theme(ana, logged_in):
    response = logged_in(ana).post(reverse("profile"), {"theme": "pink"})

    assert response.status_code == 422
    assert User.objects.get(pk=ana.pk).theme == "system"
