from pathlib import Path

import pytest

from corpus.content import KINDS
from corpus.sources import READERS, SourceError


def test_registry_is_keyed_by_the_name_of_the_source() -> None:
    assert [source.name for source in READERS.values()] == list(READERS)
    assert {"pixmo-cap", "mmbench", "concord"} <= set(READERS)


@pytest.mark.parametrize("name", ["pixmo-cap", "mmbench"])
def test_upstream_sources_name_licence_and_author(name: str) -> None:
    source = READERS[name]
    assert source.licence
    assert source.licence_url.startswith("https://")
    assert source.attribution


def test_own_format_leaves_the_licence_to_the_importer() -> None:
    assert READERS["concord"].licence == ""
    assert READERS["concord"].kinds == KINDS


@pytest.mark.parametrize("name", list(READERS))
def test_missing_empty_and_wrongly_named_files_are_refused(
    tmp_path: Path, name: str
) -> None:
    source = READERS[name]
    with pytest.raises(SourceError, match="there is no such file"):
        source.read(tmp_path / f"none{source.suffixes[0]}")
    with pytest.raises(SourceError, match="there is no such file"):
        source.read(tmp_path)
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(SourceError, match="is read from a"):
        source.read(tmp_path / "picture.png")
    empty = tmp_path / f"empty{source.suffixes[0]}"
    empty.touch()
    with pytest.raises(SourceError, match="the file is empty"):
        source.read(empty)
