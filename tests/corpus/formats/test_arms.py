from collections import Counter
from typing import Any

import pytest

from corpus.content import Caption
from corpus.formats.arms import ARMS, Arm, survey
from corpus.formats.release import ReleaseError
from corpus.record import ReleaseItem
from tests.corpus.releases import release_item

LANGUAGES = ("de", "en", "es", "fr", "it")


def row(language: str, n: int, **fields: Any) -> ReleaseItem:
    return release_item(
        Caption(f"{language} {n}"),
        language=language,
        key=f"{n:04}",
        image_sha256=f"{n:064x}",
        origin=fields.pop("origin", "source" if language == "en" else "regenerated"),
        **fields,
    )


def whole(count: int) -> list[ReleaseItem]:
    """Every item in every language."""
    return [row(language, n) for language in LANGUAGES for n in range(count)]


def chosen(items: list[ReleaseItem], arm: Arm) -> list[ReleaseItem]:
    surveyed = survey(iter(items))
    return [item for item in items if surveyed.holds(arm, item)]


def test_english_and_multilingual_have_the_same_images_equally_often() -> None:
    items = whole(200)
    english, multilingual = chosen(items, "english"), chosen(items, "multilingual")
    assert len(english) == len(multilingual) == 200
    assert Counter(i.image_sha256 for i in english) == Counter(
        i.image_sha256 for i in multilingual
    )
    assert {item.language for item in english} == {"en"}


def test_languages_are_balanced() -> None:
    counted = Counter(i.language for i in chosen(whole(1_000), "multilingual"))
    assert set(counted) == set(LANGUAGES)
    assert all(150 <= n <= 250 for n in counted.values())


def test_item_that_one_language_lacks_is_in_neither_arm() -> None:
    items = [i for i in whole(50) if (i.language, i.key) != ("it", "0007")]
    for arm in ("english", "multilingual"):
        found = {item.key for item in chosen(items, arm)}
        assert len(found) == 49
        assert "0007" not in found


def test_equal_keys_of_two_datasets_are_two_items() -> None:
    items = [
        row(language, n, dataset=dataset)
        for language in ("en", "fr")
        for dataset in ("one", "two")
        for n in range(40)
    ]
    multilingual = chosen(items, "multilingual")
    dealt = {(i.dataset, i.key): i.language for i in multilingual}
    assert len(dealt) == len(multilingual) == 80
    assert any(dealt["one", f"{n:04}"] != dealt["two", f"{n:04}"] for n in range(40))


def test_rows_keep_their_order_and_the_choice_stands() -> None:
    items = whole(60)
    first = chosen(items, "multilingual")
    assert first == chosen(items, "multilingual")
    assert first == [item for item in items if item in first]


def test_native_arm_holds_what_people_wrote_beside_its_english() -> None:
    items = [
        row("de", 1, origin="native"),
        row("de", 2),
        row("de", 3, origin="native"),
        row("en", 1),
        row("en", 2),
        row("fr", 1),
        row("fr", 4, origin="native"),
    ]
    assert [(i.language, i.key) for i in chosen(items, "native")] == [
        ("de", "0001"),
        ("en", "0001"),
    ]


def test_native_text_makes_no_item_complete() -> None:
    items = [row("de", 1, origin="native"), row("de", 2), row("en", 1), row("en", 2)]
    for arm in ("english", "multilingual"):
        assert {item.key for item in chosen(items, arm)} == {"0002"}


def test_native_arm_is_empty_where_nobody_wrote() -> None:
    assert chosen(whole(5), "native") == []


@pytest.mark.parametrize(
    ("languages", "message"),
    [
        ((), "no item to release"),
        (("en",), "at least one other language"),
        (("de", "fr"), "compare English with"),
        (("en", "de"), "'de' are out of order"),
    ],
)
def test_arms_need_english_and_another_language(
    languages: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ReleaseError, match=message):
        survey([row(language, 1) for language in languages])


def test_row_that_was_not_surveyed_is_in_no_arm() -> None:
    arms = survey(whole(10))
    assert not any(arms.holds(arm, row("en", 99)) for arm in ARMS)
