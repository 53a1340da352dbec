"""The list of what a release holds, and the proof that it still does."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.formats.release import ReleaseError

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
_LINE = re.compile("([0-9a-f]{64})  (.+)")


def write(
    folder: Path, facts: Mapping[str, Any], *, known: Mapping[str, str] | None = None
) -> None:
    """Adds manifest.json (`facts` and every file) and SHA256SUMS to a whole release.

    `facts` hold no time and no machine name: the same release has the same bytes.
    Files in `known` (path to SHA-256, as `digest` gave it) are not read again.
    Check with `sha256sum -c SHA256SUMS` inside the folder, or with `verify`.
    """
    if "files" in facts:
        raise ReleaseError("The manifest lists the files itself.")
    found = dict(_digests(folder, known or {}))
    files = [
        {"path": name, "bytes": (folder / name).stat().st_size, "sha256": sha256}
        for name, sha256 in found.items()
    ]
    if not files:
        raise ReleaseError("There is no file to list.")
    text = json.dumps(
        {**facts, "files": files},
        ensure_ascii=False,
        sort_keys=True,
        indent=2,
        allow_nan=False,
    )
    (folder / MANIFEST).write_text(text + "\n", "utf-8")
    found[MANIFEST] = digest(folder / MANIFEST)
    lines = [f"{sha256}  {name}\n" for name, sha256 in sorted(found.items())]
    (folder / CHECKSUMS).write_text("".join(lines), "utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(folder: Path) -> list[str]:
    """What is wrong with a release folder, one sentence each; empty if nothing is."""
    try:
        lines = (folder / CHECKSUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return [f"{CHECKSUMS} is missing or unreadable."]
    problems = []
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            problems.append(f"{CHECKSUMS}, line {number}: expected a hash and a name.")
            continue
        sha256, name = match.groups()
        listed[name] = sha256
        problems += _compare(folder, name, sha256)
    there = {name for name, path in _entries(folder) if not path.is_dir()}
    extra = sorted(there - listed.keys())
    problems += [f"{name} is not listed in {CHECKSUMS}." for name in extra]
    # Whoever changes a file can change its line here; the manifest has a hash elsewhere.
    return problems or list(_beside_manifest(folder, listed))


def _beside_manifest(folder: Path, listed: Mapping[str, str]) -> Iterator[str]:
    """Where the two lists of an otherwise whole release do not say the same."""
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        named = {str(file["path"]): file["sha256"] for file in files}
    except (OSError, ValueError, LookupError, TypeError):
        yield f"{MANIFEST} is missing or lists no files."
        return
    own = {name: sha256 for name, sha256 in listed.items() if name != MANIFEST}
    for name in sorted(named.keys() | own.keys()):
        if named.get(name) != own.get(name):
            yield f"{name} is not the same in {MANIFEST} and {CHECKSUMS}."


def _compare(folder: Path, name: str, sha256: str) -> Iterator[str]:
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts:
        yield f"{name} lies outside the release."
    elif not path.is_file():
        yield f"{name} is missing."
    elif path.is_symlink():
        yield f"{name} is a link, not a file."
    elif digest(path) != sha256:
        yield f"{name} has changed."


def _digests(folder: Path, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of the files below a folder, sorted by name."""
    for name, path in _entries(folder):
        if name == MANIFEST or (path.is_dir() and not path.is_symlink()):
            continue
        if path.is_symlink() or not path.is_file():
            raise ReleaseError(f"{name!r} is not a plain file.")
        if not name.isprintable() or "\\" in name:
            raise ReleaseError(f"{name!r} cannot be listed in {CHECKSUMS}.")
        yield name, known.get(name) or digest(path)


def _entries(folder: Path) -> list[tuple[str, Path]]:
    """Everything below a folder but the checksums, by name."""
    paths = ((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*"))
    return sorted((name, path) for name, path in paths if name != CHECKSUMS)
