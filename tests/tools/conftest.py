"""A checkout and a data folder of a test's own, with the real environment beside them."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import services
from tools.place import Place, digest, prepare
from tools.processes import Crew
from tools.relocation import ELSEWHERE, SHORT


@pytest.fixture(autouse=True)
def _as_from_an_empty_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """`./run test` sets what these tests are about."""
    for name in os.environ:
        if name.startswith("CONCORD_") or name in services.ADDRESSES:
            monkeypatch.delenv(name)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter, unlike pytest's own."""
    yield from _open_folder()


def _open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tools-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def place_in(folder: Path) -> Place:
    """A prepared place whose environment is the one this test runs in."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(folder, folder / ".data")
    place.venv.symlink_to(sys.prefix)
    prepare(place)
    return place


@pytest.fixture
def place(open_folder: Path) -> Iterator[Place]:
    """A place that Postgres can reach even if these tests run as root."""
    place = place_in(open_folder / "checkout")
    yield place
    forget(place)


@pytest.fixture(scope="module")
def used_place() -> Iterator[Place]:
    """A place that the tests of one file share, since making a database takes a second.

    Each of them leaves it with nothing running.
    """
    for folder in _open_folder():
        place = place_in(folder / "checkout")
        yield place
        forget(place)


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Children that end with the test."""
    with Crew() as crew:
        yield crew


def forget(place: Place) -> None:
    """Remove what a place keeps outside its folders."""
    shutil.rmtree(ELSEWHERE / f"concord-{digest(str(place.root))}", ignore_errors=True)
    shutil.rmtree(SHORT / f"concord-{place.token}", ignore_errors=True)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or ") Z" not in stat.read_text()
