"""Whoever has a release can see whether it is whole, and what of it is not."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from corpus.formats import manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("README.md", "train.parquet"):
        (tmp_path / name).write_text(name)
    manifest.write(tmp_path, {})
    return tmp_path


def verified(folder: Path, *options: str) -> str:
    out = StringIO()
    call_command("verify_release", folder, *options, stdout=out)
    return out.getvalue()


def refused(folder: Path, *options: str) -> tuple[str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_release", folder, *options, stdout=out)
    return out.getvalue(), str(caught.value)


@pytest.mark.parametrize("digits", [12, 64])
def test_a_whole_release_is_said_to_be_whole(folder: Path, digits: int) -> None:
    known = manifest.digest(folder / "manifest.json")[:digits]
    assert verified(folder, "--manifest", known) == "The release is whole.\n"
    assert verified(folder) == "The release is whole.\n"


def test_every_fault_has_a_line_that_does_nothing_to_a_terminal(folder: Path) -> None:
    (folder / "train.parquet").write_text("changed")
    (folder / "\x1b[2J").touch()
    lines, error = refused(folder)
    assert lines.splitlines() == [
        "train.parquet has changed.",
        r"'\x1b[2J is not listed in SHA256SUMS.'",
    ]
    assert error == "The release is not whole: 2 faults."


def test_another_release_than_the_one_on_the_page_is_found(folder: Path) -> None:
    lines, _ = refused(folder, "--manifest", "0" * 12)
    own = manifest.digest(folder / "manifest.json")
    assert lines == f"manifest.json has the hash {own}, not {'0' * 12}.\n"


@pytest.mark.parametrize("wanted", ["12ab", "g" * 12, "0" * 65])
def test_what_is_no_hash_is_refused(folder: Path, wanted: str) -> None:
    assert refused(folder, "--manifest", wanted)[1].startswith("--manifest takes 12")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "unpack the release first" in refused(tmp_path / "none")[1]
