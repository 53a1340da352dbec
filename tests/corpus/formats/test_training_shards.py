from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.content import Caption
from corpus.formats import training_parquet
from corpus.formats.release import ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.contents import PICTURE
from tests.corpus.formats.loading import hashes
from tests.corpus.formats.writing import write
from tests.corpus.releases import release_item


def many(count: int, **fields: Any) -> list[ReleaseItem]:
    return [
        release_item(Caption(f"Chat {n}."), key=f"{n:05}", **fields)
        for n in range(count)
    ]


def test_large_set_is_cut_into_shards_with_all_rows_in_order(tmp_path: Path) -> None:
    limit = 120 * PICTURE.stat().st_size
    parts = write(
        training_parquet,
        many(350),
        tmp_path,
        kinds=["caption"],
        embed_images=True,
        shard_bytes=limit,
    )
    assert [part.rows for part in parts] == [100, 100, 100, 50]
    assert parts[0].path == "fr/train-00000-of-00004.parquet"
    tables = [pq.read_table(tmp_path / part.path) for part in parts]
    keys = pa.concat_tables(tables).column("key").to_pylist()
    assert keys == [f"{n:05}" for n in range(350)]


def test_row_groups_with_images_hold_at_most_a_hundred_rows(tmp_path: Path) -> None:
    write(training_parquet, many(250), tmp_path, kinds=["caption"], embed_images=True)
    metadata = pq.read_metadata(tmp_path / "fr" / "train-00000-of-00001.parquet")
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert sizes == [100, 100, 50]
    assert metadata.row_group(0).column(0).compression == "ZSTD"
    assert metadata.row_group(0).column(0).has_offset_index


def test_row_groups_of_long_texts_are_cut_by_size(tmp_path: Path) -> None:
    text = "Un chat. " * 2_000
    items = [release_item(Caption(text), key=f"{n:05}") for n in range(2_000)]
    write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=False)
    metadata = pq.read_metadata(tmp_path / "fr" / "train-00000-of-00001.parquet")
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert sum(sizes) == 2_000
    assert max(sizes) * len(text) <= 32_000_000 < (max(sizes) + 1) * len(text)


def test_release_that_fails_late_leaves_no_data_file(tmp_path: Path) -> None:
    items = [*many(150), release_item(Caption("Fin."), key="99999", image_path="/none")]
    with pytest.raises(ReleaseError, match="is gone"):
        write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=True)
    assert hashes(tmp_path) == {}


def test_files_that_are_there_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    items = [release_item(Caption("Un chat."))]
    write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=False)
    before = hashes(tmp_path)
    with pytest.raises(ReleaseError, match="already holds train files"):
        write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=False)
    assert hashes(tmp_path) == before


def test_what_a_killed_attempt_left_is_written_anew(tmp_path: Path) -> None:
    left = tmp_path / "fr" / "train-00007.unfinished"
    left.parent.mkdir()
    left.write_bytes(b"half a file")
    items = [release_item(Caption("Un chat."))]
    write(training_parquet, items, tmp_path, kinds=["caption"], embed_images=False)
    assert list(hashes(tmp_path)) == ["fr/train-00000-of-00001.parquet"]


def test_row_of_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"mmbench/1 \(fr\) does not belong to de"):
        training_parquet.write_language(
            [release_item(Caption("Un chat."))],
            tmp_path,
            language="de",
            kinds=["caption"],
            embed_images=False,
        )
    assert hashes(tmp_path) == {}


def test_language_without_items_has_no_files(tmp_path: Path) -> None:
    parts = training_parquet.write_language(
        [], tmp_path, language="it", kinds=["caption"], embed_images=False
    )
    assert parts == []
    assert hashes(tmp_path) == {}
