import pytest

from corpus.content import Caption
from corpus.formats.release import ReleaseError
from corpus.formats.splits import names, split_of
from tests.corpus.releases import release_item

A_CAT = Caption("A cat.")


def pictures(count: int) -> list[str]:
    return [f"{n:064x}" for n in range(count)]


def held_out(share: float) -> set[str]:
    return {
        sha256
        for sha256 in pictures(2_000)
        if split_of(release_item(A_CAT, image_sha256=sha256), share) == "test"
    }


def test_about_the_share_of_the_pictures_is_held_out() -> None:
    assert 60 <= len(held_out(0.05)) <= 140
    assert 900 <= len(held_out(0.5)) <= 1_100


def test_larger_share_keeps_what_a_smaller_one_held_out() -> None:
    assert held_out(0.05) < held_out(0.2) < held_out(0.5)


def test_no_share_holds_nothing_out() -> None:
    assert held_out(0) == set()
    assert names(0) == ("train",)
    assert names(0.1) == ("train", "test")


@pytest.mark.parametrize("share", [-0.1, 1.0, 5.0, float("nan")])
def test_share_that_leaves_nothing_to_train_on_is_refused(share: float) -> None:
    with pytest.raises(ReleaseError, match=r"give one from 0 up to 1\."):
        names(share)


@pytest.mark.parametrize("sha256", pictures(40))
def test_one_picture_is_in_one_split_everywhere(sha256: str) -> None:
    wherever = [
        release_item(A_CAT, image_sha256=sha256, language=language, key=key, dataset=d)
        for language, key, d in [
            ("fr", "1", "pixmo-cap"),
            ("de", "1", "pixmo-cap"),
            ("de", "900", "cosyn"),
        ]
    ]
    assert len({split_of(item, 0.5) for item in wherever}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"image_url": "https://example.org/a.png", "key": "1"},
            {"image_url": "https://example.org/a.png", "key": "2"},
        ),
        ({"group": "pair", "key": "1"}, {"group": "pair", "key": "2"}),
        ({"key": "1", "language": "fr"}, {"key": "1", "language": "de"}),
    ],
)
def test_without_a_stored_picture_the_next_best_tie_decides(
    one: dict[str, str], other: dict[str, str]
) -> None:
    """Ten datasets: were the tie not used, some pair would fall apart."""
    for n in range(10):
        pair = [
            release_item(A_CAT, picture=None, dataset=f"set-{n}", **fields)
            for fields in (one, other)
        ]
        assert len({split_of(item, 0.5) for item in pair}) == 1


def test_items_without_any_picture_are_dealt_out_too() -> None:
    found = [
        split_of(release_item(A_CAT, picture=None, key=str(n)), 0.5) for n in range(200)
    ]
    assert 60 <= found.count("test") <= 140
