from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import apart
from tools.messages import Stop


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """What pip was asked to do, in environments that have none."""
    asked: list[list[str]] = []

    def install(home: Path, name: str, arguments: Sequence[str]) -> None:
        asked.append(list(arguments))
        if "broken" in arguments:
            raise Stop("no such package")

    def create(home: Path, **_: object) -> None:
        home.mkdir(parents=True)

    monkeypatch.setenv("CONCORD_DATA", str(tmp_path / "lake"))
    monkeypatch.setattr(apart.venv, "create", create)
    monkeypatch.setattr(apart, "_install", install)
    return asked


def test_environment_is_made_once_and_again_when_a_file_changes(
    done: list[list[str]], tmp_path: Path
) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text("one==1\n")
    steps = [["-r", str(pins)], ["--no-deps", "two"]]
    python = apart.interpreter("guests", steps, [pins])
    assert python == tmp_path / "lake" / "guests" / "environment" / "bin" / "python"
    assert done == steps
    assert apart.interpreter("guests", steps, [pins]) == python
    assert done == steps
    pins.write_text("one==2\n")
    apart.interpreter("guests", steps, [pins])
    assert done == steps + steps


def test_half_made_environment_is_made_again(done: list[list[str]]) -> None:
    with pytest.raises(Stop, match="no such package"):
        apart.interpreter("guests", [["good"], ["broken"]], [])
    apart.interpreter("guests", [["good"]], [])
    assert done == [["good"], ["broken"], ["good"]]


def test_pips_last_words_reach_the_reader(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho nothing of that name\nexit 1\n")
    python.chmod(0o755)
    with pytest.raises(Stop, match=r"of guests could not(.|\n)*nothing of that name"):
        apart._install(tmp_path, "guests", ["x"])


def test_other_environment_sees_nothing_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "ours")
    monkeypatch.setenv("COLOUR", "blue")
    assert "PYTHONPATH" not in apart.clean()
    assert apart.clean()["COLOUR"] == "blue"
