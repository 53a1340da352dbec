from pathlib import Path
from typing import Any

import pytest

from corpus.sources import READERS, SourceError
from corpus.sources.guessing import columns_of, guess, require
from tests.corpus.contents import SAMPLES
from tests.corpus.sources.files import lines, parquet, tsv
from tests.corpus.sources.test_given_back import FILES


@pytest.mark.parametrize(("source", "name"), FILES)
def test_every_sample_is_known_by_its_columns(source: str, name: str) -> None:
    assert guess(SAMPLES / name) is READERS[source]


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ("pope", {"question_id": 1, "image": "a.jpg", "text": "Is it?", "label": "no"}),
        ("concord", {"key": "1", "kind": "caption", "content": {}, "image": None}),
    ],
)
def test_lines_of_json_are_known_by_the_first(
    tmp_path: Path, source: str, row: dict[str, Any]
) -> None:
    assert guess(lines(tmp_path, [row])).name == source


def test_columns_of_a_table_do_not_depend_on_case(tmp_path: Path) -> None:
    path = tsv(tmp_path, [{"Index": 1, "L2-category": "a", "A": "b"}])
    assert columns_of(path) == {"index", "l2-category", "A"}


def test_file_that_fits_nothing_is_left_to_people(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="those of no known source; name the source"):
        guess(parquet(tmp_path, [{"text": "A."}]))


def test_file_that_fits_several_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, "twin", READERS["pixmo-cap"])
    row = dict.fromkeys(READERS["pixmo-cap"].files[".parquet"].columns, "a")
    row |= dict.fromkeys(READERS["ai2d"].files[".parquet"].columns, "a")
    with pytest.raises(SourceError, match="those of pixmo-cap or ai2d"):
        guess(parquet(tmp_path, [row]))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", b"x", r"only \.json, \.jsonl, \.parquet, \.tsv files are read"),
        ("a.jsonl", b"{\n", "line 1: not JSON"),
        ("a.jsonl", b"\n", "holds no rows"),
        ("a.parquet", b"x", "not a parquet file"),
        ("a.tsv", b"", "the first line is no header"),
    ],
)
def test_file_whose_columns_cannot_be_seen_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        guess(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        guess(tmp_path / "none.tsv")


@pytest.mark.parametrize(("source", "name"), FILES)
def test_a_sample_may_be_read_as_what_it_is(source: str, name: str) -> None:
    require(READERS[source], SAMPLES / name)


def test_a_file_is_not_read_under_the_terms_of_another_source() -> None:
    path = next(SAMPLES / name for source, name in FILES if name.endswith("MME.tsv"))
    with pytest.raises(SourceError, match="those of mme, which has other terms than"):
        require(READERS["pope"], path)


def test_a_table_that_lacks_columns_is_left_to_the_reader(tmp_path: Path) -> None:
    row = dict.fromkeys(("index", "question", "A", "B", "answer", "category"), "a")
    require(READERS["mmbench"], tsv(tmp_path, [row | {"image": "a"}]))
    require(READERS["mmbench"], tmp_path / "none.tsv")
    (tmp_path / "empty.tsv").touch()
    require(READERS["mmbench"], tmp_path / "empty.tsv")
