import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.record import Picture
from corpus.sources import SourceError
from corpus.sources.parquet import PICTURES_PER_BATCH, picture_of, rows
from corpus.sources.parquet_apart import batches
from corpus.sources.parquet_shapes import SHAPES, Shape, is_plain
from corpus.sources.source import CellError
from tests.corpus.sources.files import BYTES, IMAGE_TYPE, TEXT, TEXTS, parquet

PAIR = [("question", TEXT), ("answer", TEXT)]
PARALLEL = [("question", TEXTS), ("answer", TEXTS)]


@pytest.mark.parametrize(
    ("shape", "fitting", "others"),
    [
        (
            "text",
            [TEXT, pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), TEXT)],
            [pa.binary(), pa.int64(), TEXTS, pa.dictionary(pa.int8(), pa.int64())],
        ),
        ("texts", [TEXTS, pa.large_list(TEXT), pa.list_(pa.null())], [TEXT]),
        ("label", [TEXT, pa.int8(), pa.uint64()], [pa.float64(), pa.bool_(), TEXTS]),
        ("number", [pa.int8(), pa.int64()], [TEXT, pa.float32(), pa.bool_()]),
        (
            "picture",
            [IMAGE_TYPE, pa.binary(), pa.large_binary(), pa.struct([("bytes", pa.binary())])],
            [TEXT, TEXTS, pa.struct([("path", TEXT)]), pa.struct([("bytes", TEXT)])],
        ),
        (
            "pairs",
            [pa.struct(PARALLEL), pa.list_(pa.struct(PAIR)), pa.large_list(pa.struct(PAIR))],
            [TEXT, TEXTS, pa.struct(PAIR), pa.struct(PARALLEL[:1]), pa.list_(pa.struct(PARALLEL))],
        ),
    ],
)  # fmt: skip
def test_shape_takes_these_types_and_no_others(
    shape: Shape, fitting: list[Any], others: list[Any]
) -> None:
    assert [SHAPES[shape](kind) for kind in fitting] == [True] * len(fitting)
    assert [SHAPES[shape](kind) for kind in others] == [False] * len(others)


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (pa.float32(), True),
        (pa.bool_(), True),
        (pa.list_(pa.struct(PAIR)), True),
        (pa.timestamp("us"), False),
        (pa.struct([("a", pa.binary())]), False),
        (pa.list_(pa.date32()), False),
        (pa.decimal128(5), False),
    ],
)
def test_only_what_json_has_a_form_for_is_plain(kind: Any, plain: bool) -> None:
    assert is_plain(kind) is plain


def test_further_columns_are_read_when_json_has_a_form_for_them(
    tmp_path: Path,
) -> None:
    row = {"a": "x", "n": 7, "t": None, "raw": b"x", "deep": [{"b": 0.5}]}
    types = {"n": pa.int64(), "t": pa.timestamp("us"), "raw": pa.binary()}
    types["deep"] = pa.list_(pa.struct([("b", pa.float64())]))
    path = parquet(tmp_path, [row], **types)
    [(number, found)] = rows(path, {"a": "text"})
    assert number == 1
    assert found == {"a": "x", "n": 7, "deep": [{"b": 0.5}]}


def test_column_that_is_left_out_must_be_there_all_the_same(tmp_path: Path) -> None:
    row = {"a": "x", "image": {"bytes": BYTES, "path": None}}
    path = parquet(tmp_path, [row], image=IMAGE_TYPE)
    wanted: dict[str, Shape] = {"a": "text", "image": "picture"}
    [(_, found)] = rows(path, wanted, without=("image",))
    assert found == {"a": "x"}
    with pytest.raises(SourceError, match="expected one column b"):
        list(rows(path, wanted | {"b": "text"}, without=("b",)))


def test_doubled_column_is_refused_if_wanted_and_left_out_if_not(
    tmp_path: Path,
) -> None:
    columns = [pa.array(["x"])] * 3
    path = tmp_path / "part.parquet"
    pq.write_table(pa.Table.from_arrays(columns, ["a", "b", "b"]), path)
    assert list(rows(path, {"a": "text"})) == [(1, {"a": "x"})]
    with pytest.raises(SourceError, match="expected one column b, found: a, b, b"):
        list(rows(path, {"b": "text"}))


def test_memory_is_bounded_by_pictures_and_not_by_the_file(tmp_path: Path) -> None:
    path, rest = tmp_path / "part.parquet", b"\xff" * 200_000
    schema = pa.schema([("image", IMAGE_TYPE)])
    with pq.ParquetWriter(
        path, schema, compression="none", use_dictionary=False
    ) as file:
        for _ in range(20):
            drawn = [random.randbytes(1000) + rest for _ in range(PICTURES_PER_BATCH)]
            images = [{"image": {"bytes": data, "path": None}} for data in drawn]
            file.write_table(pa.Table.from_pylist(images, schema), 100)
    size, before, most, read = path.stat().st_size, pa.total_allocated_bytes(), 0, 0
    for _ in rows(path, {"image": "picture"}):
        most = max(most, pa.total_allocated_bytes() - before)
        read += 1
    assert read == 20 * PICTURES_PER_BATCH
    assert size > 60_000_000
    assert most < 20_000_000


@pytest.mark.parametrize(
    "cell", [None, b"", {"bytes": None, "path": None}, {"bytes": b"", "path": "a.png"}]
)
def test_missing_picture_is_none(cell: Any) -> None:
    assert picture_of({"image": cell}) is None


@pytest.mark.parametrize("cell", [BYTES, {"bytes": BYTES, "path": "a.png"}])
def test_picture_is_its_bytes(cell: Any) -> None:
    assert picture_of({"image": cell}) == Picture(data=BYTES)


def test_picture_that_is_a_name_only_is_refused() -> None:
    with pytest.raises(CellError, match="the name of a file and not its bytes"):
        picture_of({"image": {"bytes": None, "path": "/etc/passwd"}})


@pytest.mark.parametrize("encoding", ["PLAIN_DICTIONARY", "DELTA_BYTE_ARRAY"])
def test_a_small_file_of_huge_cells_is_read_a_few_at_a_time(
    encoding: str, tmp_path: Path
) -> None:
    """Sixteen cells of 4 MB that the file holds once; its footer knows of one."""
    path, is_plain = tmp_path / "part.parquet", encoding == "PLAIN_DICTIONARY"
    encodings = {} if is_plain else {"column_encoding": {"a": encoding}}
    pq.write_table(
        pa.table({"a": ["a" * (4 << 20)] * 16}),
        path,
        compression="zstd",
        use_dictionary=is_plain,
        **encodings,
    )
    assert path.stat().st_size < 20_000
    taken = [batch.nbytes for batch in batches(path, ["a"], 64)]
    assert 4 << 20 <= max(taken) < 40 << 20
    assert sum(1 for _ in rows(path, {"a": "text"})) == 16


def test_a_column_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    pq.write_table(pa.table({"a": ["x"], "b\0c": ["y"]}), path)
    with pytest.raises(SourceError, match="column name .* is no plain text"):
        list(rows(path, {"a": "text"}))


def test_a_struct_with_a_doubled_field_is_left_out(tmp_path: Path) -> None:
    path, cell = tmp_path / "part.parquet", pa.array(["x"])
    doubled = pa.StructArray.from_arrays([cell, cell], names=["b", "b"])
    pq.write_table(pa.table({"a": ["x"], "twice": doubled}), path)
    assert list(rows(path, {"a": "text"})) == [(1, {"a": "x"})]
