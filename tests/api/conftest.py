from __future__ import annotations

from collections.abc import Callable

import pytest

from annotation import enrolling
from annotation.models import Project, User
from tests.api.door import Door
from tests.rules.fixtures import world

__all__ = ["world"]


@pytest.fixture
def door_of(project: Project) -> Callable[..., Door]:
    """`door_of("lead", lena)` is the API as a program with such a token sees it."""

    def made(role: str, user: User | None = None, where: Project = project) -> Door:
        token, secret = enrolling.make_token(
            project=where, role=role, name=role, user=user, by=None
        )
        return Door(secret, token)

    return made


@pytest.fixture
def ana_door(door_of: Callable[..., Door], ana: User) -> Door:
    return door_of("annotator", ana)


@pytest.fixture
def lena_door(door_of: Callable[..., Door], lena: User) -> Door:
    return door_of("lead", lena)


@pytest.fixture
def adam_door(door_of: Callable[..., Door], adam: User) -> Door:
    return door_of("adjudicator", adam)


@pytest.fixture
def worker_door(door_of: Callable[..., Door]) -> Door:
    return door_of("worker")
