from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import Caption
from corpus.record import Record, RowError
from corpus.sources import READERS, SourceError
from tests.corpus.contents import PIXMO_CAP

SOURCE = READERS["pixmo-cap"]
URL = "https://example.org/a.png"
SCHEMA = pa.schema(
    [
        ("image_url", pa.string()),
        ("caption", pa.string()),
        ("transcripts", pa.list_(pa.string())),
    ]
)


def write(path: Path, *rows: dict[str, Any], schema: Any = SCHEMA) -> Path:
    file = path / "part.parquet"
    pq.write_table(pa.Table.from_pylist(list(rows), schema), file)
    return file


def row(url: Any = URL, caption: Any = "A cat.", said: Any = ()) -> dict[str, Any]:
    return {"image_url": url, "caption": caption, "transcripts": said}


def read(path: Path) -> list[Record | RowError]:
    return list(SOURCE.read(path))


def test_sample_gives_its_six_captions_by_address() -> None:
    records = read(PIXMO_CAP)
    assert len(records) == 6
    first = records[0]
    assert isinstance(first, Record)
    assert first.picture is not None
    assert first.picture.url == "https://pixmo-images.invalid/scene_red.jpg"
    assert first.picture.data is None
    assert isinstance(first.content, Caption)
    assert first.content.caption.startswith("A simple drawing shows a red ball")
    assert len(first.upstream["transcripts"]) == 2


def test_same_address_twice_stays_two_records() -> None:
    one, three = read(PIXMO_CAP)[0], read(PIXMO_CAP)[2]
    assert isinstance(one, Record)
    assert isinstance(three, Record)
    assert one.picture == three.picture
    assert one.key != three.key
    assert three.upstream["transcripts"] == []


def test_keys_are_fixed_for_ever() -> None:
    keys = [record.key for record in read(PIXMO_CAP) if isinstance(record, Record)]
    assert keys[0] == "1-2fca1dac851b2583"
    assert keys[5] == "6-052e27e439473ec7"


def test_equal_row_numbers_of_two_part_files_get_two_keys(tmp_path: Path) -> None:
    [one] = read(write(tmp_path, row(caption="A cat.")))
    [two] = read(write(tmp_path, row(caption="A dog.")))
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert one.key != two.key


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (row(url=None), "image_url", "no address"),
        (row(url=" "), "image_url", "no address"),
        (row(url="ftp://example.org/a.png"), "image_url", "no http or https"),
        (row(url="/etc/passwd"), "image_url", "no http or https"),
        (row(url="file:///etc/passwd"), "image_url", "no http or https"),
        (row(url="https://"), "image_url", "no http or https"),
        (row(url="https://[::1"), "image_url", "no web address"),
        (row(url="https://example.org:99999/a"), "image_url", "no web address"),
        (row(url="https://me:secret@example.org/a"), "image_url", "user name"),
        (row(url="https://example.org/a b.png"), "image_url", "blanks"),
        (row(url="https://example.org/" + "a" * 2048), "image_url", "longer than"),
        (row(caption=None), "caption", "expected text"),
        (row(caption="  "), "caption", "is empty"),
        (row(caption="a\x00b"), "caption", "NUL"),
        (row(caption="x" * 20_001), "caption", "longer than"),
        (row(said=["a", None]), "transcripts", "missing"),
        (row(said=["a\x00"]), "transcripts", "NUL"),
    ],
)
def test_bad_row_is_reported_and_its_neighbours_go_in(
    tmp_path: Path, bad: dict[str, Any], column: str, reason: str
) -> None:
    before, error, after = read(write(tmp_path, row(), bad, row()))
    assert isinstance(before, Record)
    assert isinstance(error, RowError)
    assert isinstance(after, Record)
    assert (error.line, error.column) == (2, column)
    assert reason in error.reason


def test_text_that_is_not_utf8_spoils_its_own_row_only(tmp_path: Path) -> None:
    raw = pa.array([b"A cat.", b"caf\xe9", b"A dog."], pa.binary())
    captions = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    urls = pa.array([URL] * 3)
    said = pa.array([[]] * 3, pa.list_(pa.string()))
    file = tmp_path / "part.parquet"
    pq.write_table(pa.Table.from_arrays([urls, captions, said], schema=SCHEMA), file)
    one, two, three = read(file)
    assert isinstance(one, Record)
    assert two == RowError(2, "caption", "is not UTF-8")
    assert isinstance(three, Record)


@pytest.mark.parametrize("said", [None, [], ["a cat"]])
def test_transcripts_are_kept_as_they_are(tmp_path: Path, said: Any) -> None:
    [record] = read(write(tmp_path, row(said=said)))
    assert isinstance(record, Record)
    assert record.upstream == {"transcripts": said}


def test_large_and_dictionary_columns_are_text_too(tmp_path: Path) -> None:
    schema = pa.schema(
        [
            ("image_url", pa.dictionary(pa.int32(), pa.string())),
            ("caption", pa.large_string()),
            ("transcripts", pa.large_list(pa.null())),
        ]
    )
    [record] = read(write(tmp_path, row(said=[]), schema=schema))
    assert isinstance(record, Record)
    assert record.content == Caption("A cat.")


def test_missing_column_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "part.parquet"
    pq.write_table(pa.table({"image_url": [URL], "text": ["A cat."]}), file)
    with pytest.raises(SourceError, match="expected one column caption, found: image"):
        read(file)


@pytest.mark.parametrize(
    ("column", "kind"), [("caption", pa.int64()), ("transcripts", pa.string())]
)
def test_column_of_another_type_is_refused(
    tmp_path: Path, column: str, kind: Any
) -> None:
    position = SCHEMA.get_field_index(column)
    schema = SCHEMA.set(position, pa.field(column, kind))
    with pytest.raises(SourceError, match=f"column {column} holds"):
        read(write(tmp_path, schema=schema))


def test_file_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no rows"):
        read(write(tmp_path))


def test_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "part.parquet"
    file.write_text("image_url,caption\n")
    with pytest.raises(SourceError, match=r"part\.parquet: not a parquet file"):
        read(file)


def test_file_broken_in_the_middle_gives_what_was_whole(tmp_path: Path) -> None:
    file = tmp_path / "part.parquet"
    table = pa.Table.from_pylist([row(caption=f"Cat {n}.") for n in range(2000)])
    table = table.cast(SCHEMA) if table.schema != SCHEMA else table
    pq.write_table(table, file, row_group_size=1000, compression="none")
    raw = bytearray(file.read_bytes())
    start = pq.ParquetFile(file).metadata.row_group(1).column(0).data_page_offset
    raw[start : start + 64] = b"\xff" * 64
    file.write_bytes(bytes(raw))
    found: list[Record | RowError] = []
    with pytest.raises(SourceError, match="broken after row"):
        found.extend(SOURCE.read(file))
