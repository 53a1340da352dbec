"""Whoever guesses passwords must wait; whoever knows theirs hardly ever."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import caches
from django.urls import reverse

from annotation import knocking

NOON = 1_800_000_000 - 1_800_000_000 % knocking.STRETCH


@pytest.fixture
def clock(monkeypatch):
    """The time of day, which stands still until somebody moves it."""
    moment = [NOON + 60.0]
    monkeypatch.setattr(knocking, "time", lambda: moment[0])
    return moment


def tried(name="ana", address="192.0.2.1", times=1):
    return [knocking.seconds_to_wait(name, address) for _ in range(times)]


def test_after_ten_tries_somebody_waits_for_the_next_quarter(clock):
    assert tried(times=12) == [0] * 10 + [840] * 2
    clock[0] += 839
    assert tried() == [1]
    clock[0] += 1
    assert tried() == [0]


def test_another_name_and_another_address_count_apart(clock):
    tried(times=10)
    assert tried("bao") == tried(address="192.0.2.2") == [0]


def test_one_name_is_one_however_it_is_written(clock):
    tried("ANA", times=5)
    tried("Ａｎａ", times=5)
    assert tried("ana") == [840]


def test_whoever_gets_in_starts_anew(clock):
    tried(times=10)
    knocking.forget("ana", "192.0.2.1")
    assert tried(times=10) == [0] * 10


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "1 minute"), (60, "1 minute"), (61, "2 minutes")]
)
def test_the_wait_is_told_in_whole_minutes(seconds, said):
    assert knocking.in_words(seconds) == said


def test_a_lost_valkey_shuts_nobody_out(settings, caplog):
    gone = settings.SHARED | {"LOCATION": "redis://127.0.0.1:9"}
    settings.CACHES = settings.CACHES | {"attempts": gone}
    with caplog.at_level(logging.WARNING):
        assert tried(times=2) == [0, 0]
        knocking.forget("ana", "192.0.2.1")
    assert caplog.text.count("right now") == 3


def test_all_processes_count_together(settings, tmp_path):
    if settings.CELERY_TASK_ALWAYS_EAGER:
        pytest.skip("there is no Valkey on this machine")
    settings.CACHES = settings.CACHES | {"attempts": settings.SHARED}
    name = str(tmp_path)
    assert tried(name, times=2) == [0, 0]
    caches.close_all()
    key = knocking._key(name, "192.0.2.1", knocking.time())
    assert caches["attempts"].get(key) == 2
    assert 0 < caches["attempts"]._cache.get_client().ttl(f":1:{key}") <= 900
    knocking.forget(name, "192.0.2.1")


def test_the_page_says_how_long_to_wait(client, ana, clock):
    wrong = {"username": "ana", "password": "guess"}
    right = wrong | {"password": "spring-rain-7"}
    for _ in range(9):
        assert client.post(reverse("login"), wrong).status_code == 200
    assert client.post(reverse("login"), right).status_code == 302
    client.logout()
    for _ in range(10):
        client.post(reverse("login"), wrong)
    refused = client.post(reverse("login"), right)
    assert (refused.status_code, refused["Retry-After"]) == (429, "840")
    page = refused.content.decode()
    assert "There were too many tries with this user name. Wait 14 minutes" in page
    assert "_auth_user_id" not in client.session
