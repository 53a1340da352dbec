"""The same people everywhere.

Ana, Bao and Chris annotate French and German; Lena leads; Adam adjudicates; Olga is
enrolled elsewhere and must see nothing of it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as properties

from annotation.models import Project, Role, User
from tests import factories, objects, sealed
from tests.browser import chromium

# No test is about time: a busy machine finds no fault.
properties.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("patient")


# A broker that was named from outside may be on another machine.
sealed.seal(os.environ.get("REDIS_URL", ""))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The programs that read releases are big, so their tests are asked for."""
    parser.addoption("--clients", action="store_true", help="run tests/clients too")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where there is no browser, the last words say that those tests did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("tests/browser/" in report.nodeid for report in skipped):
        terminalreporter.section("browser tests skipped", red=True, bold=True)
        terminalreporter.write_line(chromium.why_none(), red=True)


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path: Path) -> None:
    """Pictures, uploads and releases of a test stay in its own folder."""
    settings.MEDIA_DIR = tmp_path / "media"
    settings.RELEASE_DIR = tmp_path / "releases"
    settings.INCOMING_DIR = tmp_path / "incoming"


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """The real hash is slow on purpose, and no test here is about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_attempts(settings, tmp_path: Path) -> None:
    """What one test tries to log in with counts in no other."""
    own = {**settings.IN_PROCESS, "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "attempts": own}


@pytest.fixture
def project(db) -> Project:
    return factories.make_project(overlap=3)


def _annotator(name: str, project: Project) -> User:
    user = factories.make_user(name)
    return factories.enrol(user, project, Role.ANNOTATOR, ["fr", "de"])


@pytest.fixture
def ana(project: Project) -> User:
    return _annotator("ana", project)


@pytest.fixture
def bao(project: Project) -> User:
    return _annotator("bao", project)


@pytest.fixture
def chris(project: Project) -> User:
    return _annotator("chris", project)


@pytest.fixture
def lena(project: Project) -> User:
    return factories.enrol(factories.make_user("lena"), project, Role.LEAD)


@pytest.fixture
def adam(project: Project) -> User:
    return factories.enrol(factories.make_user("adam"), project, Role.ADJUDICATOR)


@pytest.fixture
def olga(db) -> User:
    elsewhere = factories.make_project(code="elsewhere")
    olga = factories.make_user("olga")
    for role in Role.values:
        factories.enrol(olga, elsewhere, role, ["fr", "de"])
    return olga


@pytest.fixture
def logged_in():
    """`logged_in(user)` is a client with that person's session."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def bucket(settings):
    """The storages as the settings make them where a bucket is named."""
    with objects.store() as server:
        place = {
            "bucket_name": "pictures",
            "endpoint_url": f"http://127.0.0.1:{server.server_port}",
            "region_name": "nowhere-1",
            "access_key": "key",
            "secret_key": "secret",
        }
        entry = settings.BUCKET | {"OPTIONS": settings.S3_OPTIONS | place}
        both = {"originals": entry, "pictures": entry}
        settings.STORAGES = settings.STORAGES | both
        yield server
