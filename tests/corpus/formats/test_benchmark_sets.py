from dataclasses import replace

import pytest

from corpus.formats.benchmark_rows import Rows, changes
from corpus.formats.benchmark_sets import (
    benchmark_of,
    tracks,
    upstream_index,
    upstream_text,
    with_repeats,
)
from tests.corpus.benchmark_releases import benchmark
from tests.corpus.releases import CHOICE, release_item


@pytest.mark.parametrize(
    ("dataset", "known"),
    [
        ("mmbench", "mmbench"),
        ("MMBench@v1.1", "mmbench"),
        ("ScienceQA", "scienceqa"),
        ("science-qa@1", "scienceqa"),
        ("mme", "mme"),
        ("pope@x", "pope"),
        ("ai2d", "ai2d"),
        ("mmbench-ours", "other"),
        ("", "other"),
    ],
)
def test_benchmark_is_known_by_the_name_of_its_dataset(
    dataset: str, known: str
) -> None:
    assert benchmark_of(dataset) == known


@pytest.mark.parametrize(
    ("index", "number"),
    [
        (0, 0),
        (7, 7),
        ("17", 17),
        (True, None),
        (-1, None),
        ("x", None),
        (1.0, None),
        (2**63, None),
    ],
)
def test_upstream_index_is_a_whole_number_or_nothing(
    index: object, number: int | None
) -> None:
    assert upstream_index(release_item(CHOICE, upstream={"index": index})) == number


def test_upstream_text_is_the_first_that_holds_something() -> None:
    item = release_item(CHOICE, upstream={"a": None, "b": "", "c": 7})
    assert upstream_text(item, "a", "b", "c") == "7"
    assert upstream_text(item, "a", "x") == ""


def test_question_of_three_tracks_stands_for_three_rows() -> None:
    thrice, once = benchmark("pope", ["fr"])
    rows = list(with_repeats(thrice))
    assert [row.upstream["category"] for row in rows] == [
        "adversarial",
        "popular",
        "random",
    ]
    assert {row.content for row in rows} == {thrice.content}
    assert all(row.upstream["image_source"] == "COCO_1" for row in rows)
    assert len(list(with_repeats(once))) == 1
    assert tracks(thrice) == "adversarial,popular,random"
    assert tracks(rows[1]) == "popular"


def test_tracks_are_those_of_all_rows_once_each() -> None:
    [item, _] = benchmark("pope", ["fr"])
    rows = [{"category": "random,adversarial"}, {"category": "adversarial"}, {}]
    assert tracks(replace(item, upstream={"rows": rows})) == "adversarial,random"
    one = [{"category": "random,adversarial"}]
    assert tracks(replace(item, upstream={"rows": one})) == "random,adversarial"
    assert tracks(replace(item, upstream={"category": "popular"})) == "popular"
    assert tracks(replace(item, upstream={})) == ""


def test_other_items_are_asked_once() -> None:
    item = release_item(CHOICE, upstream={"rows": [{}, {}]})
    assert list(with_repeats(item)) == [item]
    assert list(Rows(repeats=True).of(item)) == [item]


def test_rows_of_an_item_are_the_item_unless_told_otherwise() -> None:
    for name in ("mmbench", "pope"):
        for item in benchmark(name, ["de"]):
            assert list(Rows().of(item)) == [item]
            assert changes(item) == []
    assert Rows(circular=True).refusals(item) == ["only MMBench has circular copies"]
