from dataclasses import replace

import pytest

from corpus.content import YesNo
from corpus.formats.mme import CATEGORIES, pair_of, why_not_whole
from tests.corpus.benchmark_releases import benchmark
from tests.corpus.releases import release_item


def test_all_categories_in_pairs_are_the_whole() -> None:
    assert len(CATEGORIES) == 14
    assert why_not_whole(benchmark("mme")) is None


def test_missing_categories_are_named() -> None:
    items = benchmark("mme", ["de", "fr"], categories=CATEGORIES[:10])
    assert why_not_whole(items) == (
        "in de, it lacks commonsense_reasoning, numerical_calculation, "
        "text_translation and 1 more of the 14 categories of MME"
    )


def test_half_a_pair_is_named() -> None:
    items = benchmark("mme", ["fr"])
    assert why_not_whole(items[1:]) == (
        f"in fr, it lacks one of the two questions of {items[0].group}"
    )


def test_one_language_that_is_not_whole_is_enough() -> None:
    items = benchmark("mme", ["en", "fr"])
    assert "in fr" in str(why_not_whole(items[:-1]))


def test_unknown_category_is_no_part_of_it() -> None:
    item = release_item(YesNo("Q?", "Yes", "Colour"), dataset="mme", group="x")
    reason = "in fr, MME has no category 'Colour'"
    assert why_not_whole([*benchmark("mme", ["fr"]), item]) == reason


def test_nothing_is_not_the_whole() -> None:
    assert why_not_whole([]) == "there is no item"


@pytest.mark.parametrize("column", ["question_id", "image_path"])
def test_pair_is_known_by_its_upstream_column_or_its_group(column: str) -> None:
    item = replace(benchmark("mme", ["fr"])[0], group="a/b.png", upstream={})
    assert pair_of(item) == "a/b.png"
    assert pair_of(replace(item, upstream={column: "1.png"})) == "1.png"
