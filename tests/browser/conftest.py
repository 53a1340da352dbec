from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from demonstration.building import Built, build
from tests.browser import chromium, programs
from tests.browser.visits import Visits

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.why_none())
    with chromium.started(path) as browser:
        yield browser


@pytest.fixture
def visits(browser: Browser, live_server: LiveServer) -> Iterator[Visits]:
    """Browsers for people. Whatever they complained about fails the test at its end."""
    visits = Visits(browser, live_server.url)
    yield visits
    visits.close()
    assert visits.complaints == []


@pytest.fixture
def celery(live_server: LiveServer, tmp_path: Path) -> Iterator[None]:
    """A real Celery worker and the beat, on the test's own database and folders."""
    if django_settings.CELERY_TASK_ALWAYS_EAGER:
        pytest.skip("NO BROKER: there is no Valkey for this machine and no REDIS_URL")
    with programs.celery(tmp_path):
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The files of the demonstration project."""
    return build(tmp_path_factory.mktemp("demonstration"))
