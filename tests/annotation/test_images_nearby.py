"""What lies elsewhere too is kept at hand, but never much of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from annotation.images import nearby
from annotation.images.nearby import Nearby

KIB = bytes(1024)


def long_ago(folder: Path) -> None:
    """As if nobody had asked for any of it in the last minutes."""
    for n, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
        moment = time.time() - 10 * nearby.SPARED_SECONDS + n
        os.utime(path, (moment, moment))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_fetched_once(tmp_path):
    fetched = []

    def fetch() -> bytes:
        fetched.append(1)
        return KIB

    kept = Nearby(tmp_path, 10_000)
    assert kept.path("a/one", fetch).read_bytes() == KIB
    assert kept.path("a/one", fetch) == tmp_path / "a/one"
    assert len(fetched) == 1


def test_the_least_recently_asked_for_go_first(tmp_path):
    kept = Nearby(tmp_path, 4 * 1024)
    for name in "abcd":
        kept.path(name, lambda: KIB)
    long_ago(tmp_path)
    kept.path("a", lambda: b"")
    kept.path("e", lambda: KIB)
    assert names(tmp_path) == ["a", "c", "d", "e"]


def test_what_was_asked_for_a_moment_ago_stays_whatever_there_is(tmp_path):
    """Its path was given away, and is about to be opened."""
    kept = Nearby(tmp_path, 1024)
    for name in "abc":
        kept.path(name, lambda: KIB)
    assert names(tmp_path) == ["a", "b", "c"]
    long_ago(tmp_path)
    kept.path("d", lambda: KIB)
    assert names(tmp_path) == ["d"]


def test_what_cannot_be_fetched_leaves_nothing(tmp_path):
    def fetch() -> bytes:
        raise FileNotFoundError("gone")

    with pytest.raises(FileNotFoundError):
        Nearby(tmp_path, 1024).path("a", fetch)
    assert names(tmp_path) == []


def test_no_name_leads_out_of_the_folder(tmp_path):
    with pytest.raises(Exception, match="outside"):
        Nearby(tmp_path / "near", 1024).path("../a", lambda: KIB)
