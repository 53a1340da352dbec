"""What a parquet file does to memory happens in a process apart, which may die of it."""

import os
import signal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.children import Child, Waiting
from corpus.sources import SourceError, parquet_apart, parquet_pages
from corpus.sources.parquet import rows
from corpus.sources.parquet_apart import WAITING, batches
from corpus.sources.parquet_pages import PageError, require_small

LARGEST = b"\xfe\xff\xff\xff\x0f"  # 2,147,483,647 as Thrift writes it
WAYS = (
    {},
    {"compression": "zstd"},
    {"data_page_version": "2.0"},
    {"use_dictionary": False, "data_page_size": 500},
    {"write_page_checksum": True, "write_page_index": True},
    {"use_dictionary": False, "column_encoding": {"a": "DELTA_BYTE_ARRAY"}},
)


def plain(path: Path, texts: list[str], **options) -> Path:
    options = {"compression": "none", "use_dictionary": False} | options
    pq.write_table(pa.table({"a": texts, "b": [[1, 2]] * len(texts)}), path, **options)
    return path


def with_length(path: Path, length: bytes) -> Path:
    """The same file, whose first page says that it unpacks to another length.

    Its header grows, so that its content is told and made shorter by as much.
    """
    raw = bytearray(path.read_bytes())
    start = pq.read_metadata(path).row_group(0).column(0).data_page_offset
    end = start + pq.read_metadata(path).row_group(0).column(0).total_compressed_size
    # A head and a number of two bytes each: its kind, unpacked, packed.
    assert raw[start : start + 3] == b"\x15\x00\x15"
    assert raw[start + 5] == 0x15
    more = len(length) - 2
    packed = (raw[start + 6] & 0x7F | raw[start + 7] << 7) - 2 * more
    shorter = bytes((packed & 0x7F | 0x80, packed >> 7))
    content = raw[start + 8 : end - more]
    raw[start:end] = b"\x15\x00\x15" + length + b"\x15" + shorter + content
    path.write_bytes(bytes(raw))
    return path


@pytest.mark.parametrize("options", WAYS, ids=map(str, range(len(WAYS))))
def test_every_page_of_an_honest_file_has_a_header_that_is_read(options, tmp_path):
    texts = [f"cat {n}" for n in range(3000)]
    path = plain(tmp_path / "a.parquet", texts, row_group_size=1000, **options)
    with path.open("rb") as file:
        footer = pq.read_metadata(path)
        for place in range(footer.num_row_groups):
            require_small(file, footer.row_group(place), ["a", "b"])
    assert [row["a"] for _, row in rows(path, {"a": "text"})] == texts


def test_a_page_larger_than_allowed_is_refused_however_small_it_is_packed(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(parquet_pages, "MOST_BYTES", 1 << 20)
    path = plain(tmp_path / "a.parquet", ["a" * (3 << 20)], compression="zstd")
    assert path.stat().st_size < 20_000
    with (
        path.open("rb") as file,
        pytest.raises(PageError, match="column a takes 3 MiB, at most 1 are read"),
    ):
        require_small(file, pq.read_metadata(path).row_group(0), ["a"])


def test_a_page_that_is_not_asked_for_may_be_as_large_as_it_likes(tmp_path):
    path = with_length(plain(tmp_path / "a.parquet", ["cat " * 250]), LARGEST)
    assert sum(batch.num_rows for batch in batches(path, ["b"], 10)) == 1


def test_a_small_file_that_promises_two_gigabytes_is_refused_with_a_way_out(tmp_path):
    path = with_length(plain(tmp_path / "a.parquet", ["cat " * 250]), LARGEST)
    assert path.stat().st_size < 10_000
    with pytest.raises(SourceError, match="2,047 MiB.* smaller row groups"):
        list(rows(path, {"a": "text"}))


@pytest.mark.parametrize("length", [b"\xff" * 12, b"\x8f\xff\xff\xff\xff\x00"])
def test_a_page_whose_header_makes_no_sense_is_refused(length, tmp_path):
    path = with_length(plain(tmp_path / "a.parquet", ["cat " * 250]), length)
    with pytest.raises(SourceError, match="a.parquet: broken after row 0"):
        list(rows(path, {"a": "text"}))


def test_memory_that_no_header_tells_of_is_the_death_of_the_process_apart_alone(
    tmp_path, monkeypatch
):
    """Each cell is said to be the one before it: 256 MB of text in one kilobyte."""
    small = Waiting("corpus.sources.parquet_child", 200 << 20)
    monkeypatch.setattr(parquet_apart, "WAITING", small)
    delta = {"column_encoding": {"a": "DELTA_BYTE_ARRAY"}, "compression": "zstd"}
    path = plain(tmp_path / "a.parquet", ["a" * (4 << 20)] * 64, **delta)
    assert path.stat().st_size < 3000
    with pytest.raises(SourceError, match="broken after row 0 .* too much memory"):
        list(rows(path, {"a": "text"}))
    good = plain(tmp_path / "b.parquet", ["cat"])
    assert len(list(rows(good, {"a": "text"}))) == 1
    small.close()


def test_a_process_killed_in_the_middle_ends_the_file_and_not_the_reader(tmp_path):
    path = plain(tmp_path / "a.parquet", ["cat " * 5000] * 1000)
    WAITING.give_back(WAITING.take())
    pid = WAITING.pids[-1]
    found = batches(path, ["a"], 10)
    next(found)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(SourceError, match=r"broken after row \d+ "):
        list(found)
    assert sum(batch.num_rows for batch in batches(path, ["a"], 10)) == 1000


def test_a_process_that_died_while_it_waited_costs_no_file(tmp_path, monkeypatch):
    path = plain(tmp_path / "a.parquet", ["cat"])
    dying = WAITING.take()
    dying.kill()
    os.waitid(os.P_PID, dying.pid, os.WEXITED | os.WNOWAIT)
    monkeypatch.setattr(Child, "is_alive", True)  # not yet seen to be gone
    WAITING.give_back(dying)
    assert sum(batch.num_rows for batch in batches(path, ["a"], 10)) == 1


def test_a_file_left_half_way_does_not_run_into_the_next(tmp_path):
    first = plain(tmp_path / "a.parquet", ["cat"] * 1000)
    second = plain(tmp_path / "b.parquet", ["dog"] * 3)
    reading = rows(first, {"a": "text"})
    next(reading)
    reading.close()
    assert [row["a"] for _, row in rows(second, {"a": "text"})] == ["dog"] * 3


def test_one_process_reads_one_file_after_the_other(tmp_path):
    path = plain(tmp_path / "a.parquet", ["cat"])
    list(rows(path, {"a": "text"}))
    before = WAITING.pids
    list(rows(path, {"a": "text"}))
    assert WAITING.pids == before
