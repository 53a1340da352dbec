"""The world as a fixture, for these rules and for the table of the API's scopes."""

from __future__ import annotations

import pytest

from annotation.models import Project, User
from tests.rules.world import World, make_world


@pytest.fixture
def world(
    project: Project,
    ana: User,
    bao: User,
    chris: User,
    lena: User,
    adam: User,
    olga: User,
) -> World:
    people = {"ana": ana, "bao": bao, "chris": chris, "lena": lena}
    return make_world(project, people | {"adam": adam, "olga": olga})
