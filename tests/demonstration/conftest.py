from __future__ import annotations

from pathlib import Path

import pytest

from demonstration.building import Built, build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def folder(built: Built) -> Path:
    return built.known.parent
