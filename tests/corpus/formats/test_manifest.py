import json
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.formats import manifest
from corpus.formats.release import ReleaseError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "release"
    (root / "fr").mkdir(parents=True)
    (root / "fr" / "train.parquet").write_bytes(b"PAR1")
    (root / "README.md").write_text("# Card\n")
    manifest.write(root, {"policy": "majority/1", "rows": {"fr": 1, "de": 2}})
    return root


def test_manifest_lists_facts_and_files(folder: Path) -> None:
    found = json.loads((folder / "manifest.json").read_text())
    assert found["policy"] == "majority/1"
    assert [file["path"] for file in found["files"]] == [
        "README.md",
        "fr/train.parquet",
    ]
    assert found["files"][1]["bytes"] == 4
    assert manifest.verify(folder) == []


def test_checksums_satisfy_the_usual_program(folder: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("sha256sum is not installed")
    subprocess.run([program, "-c", "SHA256SUMS"], cwd=folder, check=True)


def test_same_release_has_the_same_manifest(folder: Path) -> None:
    names = ("manifest.json", "SHA256SUMS")
    before = [(folder / name).read_bytes() for name in names]
    manifest.write(folder, {"rows": {"de": 2, "fr": 1}, "policy": "majority/1"})
    assert [(folder / name).read_bytes() for name in names] == before


def test_every_damage_is_found(folder: Path) -> None:
    (folder / "README.md").write_text("# Other\n")
    (folder / "fr" / "train.parquet").unlink()
    (folder / "extra.txt").touch()
    assert manifest.verify(folder) == [
        "README.md has changed.",
        "fr/train.parquet is missing.",
        "extra.txt is not listed in SHA256SUMS.",
    ]


def test_file_replaced_by_a_link_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.md").write_bytes((folder / "README.md").read_bytes())
    before = (folder / "SHA256SUMS").read_text()
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(tmp_path / "copy.md")
    assert manifest.verify(folder) == ["README.md is a link, not a file."]
    assert (folder / "SHA256SUMS").read_text() == before


def test_changed_manifest_is_found(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")
    assert manifest.verify(folder) == ["manifest.json has changed."]


@pytest.mark.parametrize("name", ["README.md", "extra.txt"])
def test_checksums_made_anew_for_other_files_are_found(folder: Path, name: str) -> None:
    listed = folder / "manifest.json"
    before = listed.read_bytes()
    (folder / name).write_text("# Other\n")
    manifest.write(folder, {})
    changed = manifest.digest(listed)
    listed.write_bytes(before)
    checksums = (folder / "SHA256SUMS").read_text()
    kept = checksums.replace(changed, manifest.digest(listed))
    (folder / "SHA256SUMS").write_text(kept)
    assert manifest.verify(folder) == [
        f"{name} is not the same in manifest.json and SHA256SUMS."
    ]


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"files": [1]}', '{"files": 1}'])
def test_manifest_without_files_is_told(folder: Path, content: str) -> None:
    listed = folder / "manifest.json"
    before = manifest.digest(listed)
    listed.write_text(content)
    checksums = (folder / "SHA256SUMS").read_text()
    kept = checksums.replace(before, manifest.digest(listed))
    (folder / "SHA256SUMS").write_text(kept)
    assert manifest.verify(folder) == ["manifest.json is missing or lists no files."]


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "fr/../../outside"])
def test_checksums_do_not_reach_out_of_the_folder(folder: Path, name: str) -> None:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  {name}\n")
    assert manifest.verify(folder) == [f"{name} lies outside the release."]


def test_lines_that_are_no_checksums_are_told(folder: Path) -> None:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write("what is this\n")
    assert manifest.verify(folder) == [
        "SHA256SUMS, line 4: expected a hash and a name."
    ]


def test_missing_checksums_are_told(tmp_path: Path) -> None:
    assert manifest.verify(tmp_path) == ["SHA256SUMS is missing or unreadable."]


def test_links_and_odd_names_are_not_released(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no file to list"):
        manifest.write(tmp_path, {})
    (tmp_path / "a\nb").touch()
    with pytest.raises(ReleaseError, match="cannot be listed"):
        manifest.write(tmp_path, {})
    (tmp_path / "a\nb").unlink()
    (tmp_path / "link").symlink_to("/etc/hostname")
    with pytest.raises(ReleaseError, match="not a plain file"):
        manifest.write(tmp_path, {})


def test_facts_do_not_name_files(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="lists the files itself"):
        manifest.write(tmp_path, {"files": []})


def test_hash_that_is_known_is_not_taken_again(folder: Path) -> None:
    known = {"fr/train.parquet": "0" * 64}
    manifest.write(folder, {}, known=known)
    files = json.loads((folder / "manifest.json").read_text())["files"]
    assert [file["sha256"] for file in files] == [
        manifest.digest(folder / "README.md"),
        "0" * 64,
    ]
    assert manifest.verify(folder) == ["fr/train.parquet has changed."]
