"""Every dependency says why it is there, and is pinned to the byte."""

import re
import sys
from pathlib import Path

import pytest

from tests.rules.source import ROOMS, imports, modules
from tools.pinning import NAMES
from tools.place import ROOT

FOLDER = ROOT / "requirements"
SOURCES = [FOLDER / f"{name}.in" for name in NAMES]
COMPILED = [FOLDER / f"{name}.txt" for name in NAMES]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z,-]+\])?==(\S+)", re.IGNORECASE)

#: Where a package is imported under another name than it is installed by.
INSTALLED_AS = {
    "PIL": "pillow",
    "django_htmx": "django-htmx",
    "environ": "django-environ",
    "pgtrigger": "django-pgtrigger",
    "rest_framework": "djangorestframework",
    "storages": "django-storages",
    "yaml": "pyyaml",
}
#: The sets that a room may import from; of all others it is base.in.
SETS = {
    "worker": ("worker",),
    "demonstration": ("base", "demo"),
    "catalogues": ("base", "test"),
    "tools": (),
}


def named(path: Path) -> str:
    return path.name


def pins(path: Path) -> dict[str, set[str]]:
    """Package to versions: several where a marker tells Python versions apart."""
    found: dict[str, set[str]] = {}
    for line in path.read_text().splitlines():
        if pin := PIN.match(line):
            found.setdefault(_plain(pin[1]), set()).add(pin[2])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirements_file_is_compiled() -> None:
    assert set(FOLDER.iterdir()) == {*SOURCES, *COMPILED}


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_every_dependency_has_its_reason_above_it(path: Path) -> None:
    lines = path.read_text().splitlines()
    packages = [i for i, line in enumerate(lines) if line and line[0] not in "#-"]
    assert packages
    bare = [lines[i] for i in packages if not lines[i - 1].startswith("# ")]
    assert bare == []


@pytest.mark.parametrize("path", COMPILED, ids=named)
def test_compiled_file_names_no_host(path: Path) -> None:
    assert not re.search(r"://|--index|--find-links|\bfile:", path.read_text())


@pytest.mark.parametrize("path", COMPILED, ids=named)
def test_every_pin_is_exact_and_hashed(path: Path) -> None:
    text = path.read_text().replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert entries
    loose = [
        entry.split()[0]
        for entry in entries
        if not PIN.match(entry) or not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("smaller", "larger"), [("base", "demo"), ("demo", "test"), ("worker", "base")]
)
def test_larger_set_holds_the_smaller_at_the_same_versions(
    smaller: str, larger: str
) -> None:
    """One `.venv` for the tests must run the demonstration as it is pinned."""
    outer = pins(FOLDER / f"{larger}.txt")
    inner = pins(FOLDER / f"{smaller}.txt")
    assert {name: outer.get(name) for name in inner} == inner


@pytest.mark.parametrize("name", NAMES)
def test_compiled_file_holds_what_its_source_asks_for(name: str) -> None:
    compiled = pins(FOLDER / f"{name}.txt")
    for line in (FOLDER / f"{name}.in").read_text().splitlines():
        if not line or line[0] in "#-":
            continue
        package = _plain(re.split(r"[\[=<>~]", line)[0])
        exact = PIN.match(line)
        assert package in compiled, f"run ./run lock: {line}"
        assert exact is None or compiled[package] == {exact[2]}, line


def asked_for(name: str) -> set[str]:
    """The packages that a source lists itself."""
    lines = (FOLDER / f"{name}.in").read_text().splitlines()
    listed = [line for line in lines if line and line[0] not in "#-"]
    return {_plain(re.split(r"[\[=<>~]", line)[0]) for line in listed}


@pytest.mark.parametrize("room", ROOMS)
def test_whatever_is_imported_is_listed_by_hand(room: str) -> None:
    """What came along with another package may not come with its next version."""
    listed = {p for name in SETS.get(room, ("base",)) for p in asked_for(name)}
    foreign = {
        (name, top)
        for name, _, tree in modules(room)
        for imported in imports(tree)
        if (top := imported.partition(".")[0]) not in {*sys.stdlib_module_names, *ROOMS}
    }
    missing = {
        f"{name} imports {top}"
        for name, top in foreign
        if _plain(INSTALLED_AS.get(top, top)) not in listed
    }
    assert missing == set()
