import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from corpus.formats import benchmark_parquet, benchmark_sets, vlmevalkit_tsv
from corpus.formats.benchmark_proof import prove
from corpus.formats.benchmark_rows import Rows
from corpus.formats.release import Part, ReleaseError
from corpus.formats.vlmevalkit_names import Scoring
from corpus.record import ReleaseItem
from tests.corpus.benchmark_releases import MAKERS, benchmark
from tests.corpus.contents import PHOTO

COPIES = Rows(circular=True)
SCORING: dict[str, Scoring] = {"mmbench": "circular", "mme": "mme", "pope": "pope"}


def parquet(folder: Path, items: list[ReleaseItem], rows: Rows = COPIES) -> list[Part]:
    return benchmark_parquet.write(items, folder, rows=rows)


def table(folder: Path, items: list[ReleaseItem]) -> list[Part]:
    return vlmevalkit_tsv.write(items, folder, name="MMBench", scoring="circular")


@pytest.mark.parametrize("name", MAKERS)
def test_what_the_writers_write_is_proven(tmp_path: Path, name: str) -> None:
    items = benchmark(name)
    rows = Rows(circular=name == "mmbench", repeats=name == "pope")
    parts = benchmark_parquet.write(items, tmp_path, rows=rows)
    written = sum(part.rows for part in parts)
    assert prove(items, tmp_path, parts, rows=rows) == written >= len(items)


@pytest.mark.parametrize("name", MAKERS)
def test_tables_are_proven_too(tmp_path: Path, name: str) -> None:
    items = [item for item in benchmark(name) if item.image_path]
    scoring = SCORING.get(name, "plain")
    rows = Rows(circular=scoring == "circular")
    stem = {"circular": "MMBench", "mme": "MME", "pope": "POPE"}.get(scoring, "Set")
    parts = vlmevalkit_tsv.write(items, tmp_path, name=stem, scoring=scoring)
    assert prove(items, tmp_path, parts, rows=rows) == sum(p.rows for p in parts)


Damage = Callable[[list[dict[str, Any]]], Any]

#: What is done to the nine rows of one language, and what the proof says of it.
DAMAGES: dict[str, tuple[Damage, str]] = {
    "another index": (
        lambda rows: rows[1].update(index=1000242),
        r"mmbench/241 \(fr\) has the index 1000242, upstream 1000241",
    ),
    "two options exchanged": (
        lambda rows: rows[0].update(A=rows[0]["B"], B=rows[0]["A"]),
        r"mmbench/241 \(fr\) has its options in another order",
    ),
    "an option lost": (
        lambda rows: rows[4].update(C=""),
        r"mmbench/305 \(fr\) has 2 options, upstream 3",
    ),
    "another key": (
        lambda rows: rows[0].update(answer="B"),
        r"mmbench/241 \(fr\) has the key B, upstream A",
    ),
    "the key of a copy not moved": (
        lambda rows: rows[1].update(answer="A"),
        r"mmbench/241 \(fr\) has the key B, upstream A",
    ),
    "a copy turned the other way": (
        lambda rows: rows[1].update({c: rows[3][c] for c in "ABCD"}),
        r"mmbench/241 \(fr\) has its options in another order",
    ),
    "a row lost": (
        lambda rows: rows.pop(2),
        r"mmbench/241 \(fr\) has the index 3000241, upstream 2000241",
    ),
    "the last row lost": (
        lambda rows: rows.pop(),
        r"mmbench/812 \(fr\) is missing from the files",
    ),
    "a row too many": (
        lambda rows: rows.append(dict(rows[-1])),
        "mmbench/812 was not to be released",
    ),
    "another item": (
        lambda rows: rows[0].update(id="mmbench/9"),
        r"mmbench/241 \(fr\) should stand here, not mmbench/9",
    ),
}


def damage_table(path: Path, damage: Damage) -> None:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    damage(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


def damage_parquet(path: Path, damage: Damage) -> None:
    old = pq.read_table(path)
    rows = old.to_pylist()
    damage(rows)
    for row in rows:
        row["C"] = row["C"] or None
    pq.write_table(pa.Table.from_pylist(rows, schema=old.schema), path)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_to_a_table_is_found(tmp_path: Path, name: str) -> None:
    items = benchmark("mmbench", ["de", "fr"])
    parts = table(tmp_path, items)
    damage, found = DAMAGES[name]
    damage_table(tmp_path / "MMBench_fr.tsv", damage)
    with pytest.raises(ReleaseError, match=found):
        prove(items, tmp_path, parts, rows=COPIES)


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_to_parquet_is_found(tmp_path: Path, name: str) -> None:
    items = benchmark("mmbench", ["de", "fr"])
    parts = parquet(tmp_path, items)
    damage, found = DAMAGES[name]
    damage_parquet(tmp_path / parts[1].path, damage)
    with pytest.raises(ReleaseError, match=found):
        prove(items, tmp_path, parts, rows=COPIES)


def test_another_picture_is_found(tmp_path: Path) -> None:
    items = benchmark("mmbench", ["fr"])
    parts = parquet(tmp_path, items)
    photo = {"bytes": PHOTO.read_bytes(), "path": "x.jpg"}
    damage_parquet(tmp_path / parts[0].path, lambda rows: rows[8].update(image=photo))
    with pytest.raises(ReleaseError, match=r"row 9: mmbench/812 \(fr\) has the image"):
        prove(items, tmp_path, parts, rows=COPIES)


def test_reference_to_another_picture_is_found(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["fr"])
    parts = vlmevalkit_tsv.write(items, tmp_path, name="Set")
    path = tmp_path / parts[0].path

    def refer(rows: list[dict[str, Any]]) -> None:
        rows[1]["image"] = rows[0]["index"]

    damage_table(path, refer)
    with pytest.raises(ReleaseError, match=r"ai2d/2 \(fr\) has the image"):
        prove(items, tmp_path, parts)
    damage_table(path, lambda rows: rows[1].update(image="77"))
    with pytest.raises(ReleaseError, match="line 3: the picture is not base64"):
        prove(items, tmp_path, parts)


def test_lost_repeat_is_found(tmp_path: Path) -> None:
    items = benchmark("pope", ["fr"])
    parts = parquet(tmp_path, items, Rows())
    with pytest.raises(ReleaseError, match=r"pope/1 \(fr\) should stand here"):
        prove(items, tmp_path, parts, rows=Rows(repeats=True))


def test_index_that_the_writers_misread_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misread(item: ReleaseItem) -> int:
        return 7

    items = [item for item in benchmark("mmbench") if item.key == "241"]
    everywhere = benchmark_sets.upstream_index
    monkeypatch.setattr(everywhere, "__code__", misread.__code__)
    parts = parquet(tmp_path, items)
    with pytest.raises(ReleaseError, match="has the index 7, upstream 241"):
        prove(items, tmp_path, parts, rows=COPIES)


@pytest.mark.parametrize("index", ["17", 17])
def test_index_of_a_repeat_may_be_text(tmp_path: Path, index: str | int) -> None:
    rows = Rows(repeats=True)
    items = [
        replace(item, upstream={**item.upstream, "rows": [{"index": index}]})
        for item in benchmark("pope")[:1]
    ]
    parts = parquet(tmp_path, items, rows)
    assert prove(items, tmp_path, parts, rows=rows) == 1


def test_text_that_changed_the_number_of_options_is_found(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["fr"])
    parts = parquet(tmp_path, items, Rows())
    fewer = replace(items[0].source, options=("C", "A", "B"))
    changed = [replace(items[0], source=fewer), items[1]]
    with pytest.raises(ReleaseError, match="has 4 options, upstream 3"):
        prove(changed, tmp_path, parts)


def test_language_without_items_is_found(tmp_path: Path) -> None:
    items = benchmark("ai2d", ["de", "fr"])
    parts = parquet(tmp_path, items, Rows())
    with pytest.raises(ReleaseError, match="There are files in fr, but no item"):
        prove(items[:2], tmp_path, parts)
    with pytest.raises(ReleaseError, match=r"ai2d/1 \(fr\) is missing"):
        prove(items, tmp_path, parts[:1])
