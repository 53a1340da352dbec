from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker.batches import Batch
from tests.worker.scripted_server import TOKEN, ScriptedServer
from worker.client import Client
from worker.retrying import Patience


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    http = scripted.start()
    yield scripted
    http.shutdown()
    http.server_close()


@pytest.fixture
def patience() -> Patience:
    return Patience(tries=3, first_seconds=0.01, longest_seconds=0.02)


@pytest.fixture
def client(server: ScriptedServer, patience: Patience) -> Iterator[Client]:
    with Client(server.url, TOKEN, patience=patience) as client:
        yield client


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(tmp_path)
