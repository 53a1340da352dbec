import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import commands
from tools.place import ROOT

RUN = ROOT / "run"


def run(
    *arguments: str, path: str | None = None, **env: str
) -> "subprocess.CompletedProcess[str]":
    """The front door, as somebody at a terminal opens it."""
    return subprocess.run(
        [str(RUN), *arguments],
        env={**os.environ, "PATH": path or os.environ["PATH"], **env},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def fake(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_unknown_command_gets_the_help_and_code_2() -> None:
    ended = run("dmeo")
    assert ended.returncode == 2
    assert "./run knows no 'dmeo'" in ended.stderr
    assert "./run demo [--fresh]" in ended.stderr


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_names_every_command(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.returncode == 0
    named = set(re.findall(r"^\./run (\w+)", ended.stdout, re.MULTILINE))
    assert named == {name for name in commands.COMMANDS if name[0] != "-"}


def test_machine_without_a_new_python_gets_one_sentence(tmp_path: Path) -> None:
    # An old interpreter, and a version manager's shim that starts nothing.
    fake(tmp_path, "python3", "exit 1")
    fake(tmp_path, "python3.12", "exit 127")
    ended = run("help", path=f"{tmp_path}:/no-such-folder", CONCORD_PYTHON="")
    assert ended.returncode != 0
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    ended = run("help", path=str(tmp_path), CONCORD_PYTHON="")
    assert ended.returncode == 1
    assert "needs Python 3.11 or newer" in ended.stderr


def test_first_python_that_is_new_enough_is_taken(tmp_path: Path) -> None:
    fake(tmp_path, "python3.11", "exit 127")
    fake(tmp_path, "python3.12", f'exec {sys.executable} "$@"')
    fake(tmp_path, "python3", "echo wrong; exit 0")
    ended = run("help", path=f"{tmp_path}:{os.defpath}", CONCORD_PYTHON="")
    assert (ended.returncode, ended.stdout[:10]) == (0, "./run demo")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "--port", "0"], "--port needs a number from 1 to 65535, not '0'"),
        (["demo", "--port"], "--port needs a number from 1 to 65535, not ''"),
        (["demo", "--frsh"], "./run demo knows no '--frsh'"),
        (["check", "all"], "takes no arguments"),
        (["services", "now"], "takes no arguments"),
    ],
)
def test_wrong_argument_gets_one_sentence(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    ended = run(*arguments, CONCORD_DATA=str(tmp_path / "data"))
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "data").exists()


def test_demo_on_a_taken_port_gets_one_sentence_and_starts_nothing(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        ended = run("demo", "--port", port, CONCORD_DATA=str(tmp_path / "data"))
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("Choose another with --port.")
    assert not (tmp_path / "data" / "postgres").exists()


def test_data_folder_of_somebody_else_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    ended = run("demo", "--fresh", CONCORD_DATA=str(tmp_path))
    assert ended.returncode == 1
    assert "holds files that are not Concord's" in ended.stderr
    assert (tmp_path / "letter").exists()


def test_unwritable_folder_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = run("demo", CONCORD_DATA=str(tmp_path / "file" / "data"))
    assert ended.returncode == 1
    assert "The system refused" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_full_disk_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill_the_disk(*_: object) -> int:
        with Path("/dev/full").open("w") as file:
            file.write("x")
        return 0

    monkeypatch.setitem(commands.COMMANDS, "fill", fill_the_disk)
    monkeypatch.setattr("tools.interrupts.install", lambda: None)
    monkeypatch.setenv("CONCORD_DATA", str(tmp_path))
    assert commands.main(["fill"]) == 1
    assert "The disk is full" in capsys.readouterr().err
