import pytest

from quality.agreement.category_lists import (
    MOST_SEEN,
    Scale,
    categories_of,
    labels_of,
    numbers_of,
)
from quality.agreement.columns import Column
from quality.agreement.rating_error import RatingError

SEEN = Column.of(["good", "bad", "good"])


def test_declared_categories_stand_whether_used_or_not() -> None:
    scale = Scale(kind="ordinal", categories=("bad", "fair", "good"))
    categories = categories_of(SEEN, scale)
    assert categories == ("bad", "fair", "good")
    assert labels_of(SEEN, categories).tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    ("kind", "cells", "categories"),
    [
        ("nominal", ["b", "a"], ("a", "b")),
        ("nominal", ["10", "9", "b"], ("10", "9", "b")),
        ("ordinal", ["10", "9", "-1"], ("-1", "9", "10")),
        ("binary", ["yes", "no", "yes"], ("no", "yes")),
    ],
)
def test_categories_that_were_seen_are_put_in_order(
    kind: str, cells: list[str], categories: tuple[str, ...]
) -> None:
    assert categories_of(Column.of(cells), Scale(kind=kind)) == categories


def test_a_name_without_a_rating_is_no_category_seen() -> None:
    column = Column.of(["x", "y", "z"]).taken([0, 2])
    assert categories_of(column, Scale(kind="nominal")) == ("x", "z")


def test_the_order_of_words_has_to_be_declared() -> None:
    with pytest.raises(RatingError, match=r"declare them .* \(good, bad were seen\)"):
        categories_of(SEEN, Scale(kind="ordinal"))


def test_a_binary_scale_with_three_labels_is_refused() -> None:
    with pytest.raises(RatingError, match="3 were seen: a, b, c"):
        categories_of(Column.of("abc"), Scale(kind="binary"))


def test_texts_that_are_no_categories_are_refused() -> None:
    comments = Column.of(f"comment {k}" for k in range(MOST_SEEN + 1))
    with pytest.raises(RatingError, match="201 different values were seen"):
        categories_of(comments, Scale(kind="nominal"))
    slider = Column.of(range(MOST_SEEN))
    assert len(categories_of(slider, Scale(kind="ordinal"))) == MOST_SEEN


def test_a_value_that_was_not_declared_is_named_with_its_row() -> None:
    with pytest.raises(RatingError, match="'bad' is none of") as caught:
        labels_of(SEEN, ("good",))
    assert (caught.value.row, caught.value.column) == (1, "value")


@pytest.mark.parametrize(
    ("scale", "cell", "fault"),
    [
        (Scale(kind="interval"), "3,5", "'3,5' is no number"),
        (Scale(kind="interval"), "inf", "'inf' is no number"),
        (Scale(kind="ratio"), "-1", "'-1' lies below 0"),
        (Scale(kind="interval", low=0, high=5), "6", "'6' lies above 5"),
        (Scale(kind="interval", low=1, high=5), "0", "'0' lies below 1"),
    ],
)
def test_a_cell_off_the_scale_is_named_with_its_row(
    scale: Scale, cell: str, fault: str
) -> None:
    with pytest.raises(RatingError, match=fault) as caught:
        numbers_of(Column.of(["2", cell]), scale)
    assert caught.value.row == 1


def test_numbers_are_read_however_they_are_written() -> None:
    column = Column.of(["1e1", " 2.50 ", "-3", "10"])
    assert numbers_of(column, Scale(kind="interval")).tolist() == [10, 2.5, -3, 10]


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({"kind": "fuzzy"}, "none of nominal"),
        ({"kind": "interval", "categories": ("1", "2")}, "numbers, not categories"),
        ({"kind": "nominal", "categories": ("a", "a")}, "declared twice"),
        ({"kind": "nominal", "low": 0}, "are its categories"),
    ],
)
def test_a_scale_that_contradicts_itself_is_refused(
    choice: dict[str, object], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Scale(**choice)
