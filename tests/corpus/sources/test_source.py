from contextlib import suppress
from pathlib import Path

import pytest

from corpus.content import KINDS
from corpus.formats.licences import LICENCES
from corpus.record import RowError
from corpus.sources import READERS, SourceError
from tests.corpus.contents import SAMPLES


def test_registry_is_keyed_by_the_name_of_the_source() -> None:
    assert [source.name for source in READERS.values()] == list(READERS)
    assert len(READERS) == 9


def test_every_licence_is_one_the_gate_knows() -> None:
    own = {source.licence: source.licence_url for source in READERS.values()}
    assert own.pop("") == ""
    assert own == {name: LICENCES[name].url for name in own}


def test_only_mme_forbids_a_release() -> None:
    closed = {
        source.name
        for source in READERS.values()
        if source.licence and LICENCES[source.licence].forbids
    }
    assert closed == {"mme"}


def test_suffix_chooses_the_reader() -> None:
    name = "POPE/data/test-00000-of-00001.parquet"
    [*hub] = READERS["pope"].read(SAMPLES / name)
    [*table] = READERS["pope"].read(SAMPLES / "POPE/POPE.tsv")
    assert len(hub) == len(table) == 6
    assert READERS["pope"].suffixes == (".parquet", ".tsv", ".json", ".jsonl")


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "POPE.TSV"
    path.write_bytes((SAMPLES / "POPE/POPE.tsv").read_bytes())
    assert len(list(READERS["pope"].read(path))) == 6


def test_only_a_source_that_repeats_itself_over_files_is_put_together() -> None:
    assert {s.name for s in READERS.values() if s.merge} == {"pope"}


@pytest.mark.parametrize("name", sorted(set(READERS) - {"concord"}))
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


@pytest.mark.parametrize(
    ("name", "suffix"),
    [(s.name, suffix) for s in READERS.values() for suffix in s.suffixes],
)
@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"{}\x00", b"\xff\xfe{\x00}\x00", b"PAR1"]
)
def test_file_of_other_bytes_is_one_sentence_or_bad_rows_alone(
    tmp_path: Path, name: str, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"odd{suffix}"
    path.write_bytes(content)
    found: list[object] = []
    with suppress(SourceError):
        found.extend(READERS[name].read(path))
    assert {type(row) for row in found} <= {RowError}
