import pytest

from quality.agreement.category_lists import Scale
from quality.agreement.columns import Column
from quality.agreement.rating_error import RatingError
from quality.agreement.reading import RatingColumns
from quality.outside.spellings import one_spelling

NOMINAL = Scale(kind="nominal")


def ratings(
    units: list[str], raters: list[str], values: list[str | None]
) -> RatingColumns:
    return RatingColumns.long([Column.of(units)], Column.of(raters), Column.of(values))


def texts(column: Column) -> list[str | None]:
    return [column.names[code] if code >= 0 else None for code in column.codes]


def test_one_number_gets_its_shortest_spelling_and_a_note() -> None:
    given = ratings(["1", "1", "2", "2"], ["a", "b"] * 2, ["2.0", None, "2", "3.0"])
    found, notes = one_spelling(given, NOMINAL)
    assert texts(found.values) == ["2", None, "2", "3.0"]
    assert notes == ("Numbers written in two ways were read as one: 2.0 as 2.",)


def test_a_declared_spelling_comes_first() -> None:
    scale = Scale(kind="ordinal", categories=("1.0", "2.0"))
    found, notes = one_spelling(ratings(["1", "2"], ["a", "b"], ["1", "2.0"]), scale)
    assert texts(found.values) == ["1.0", "2.0"]
    assert len(notes) == 1


def test_texts_without_twins_are_left_as_they_are() -> None:
    given = ratings(["1", "2"], ["a", "b"], ["yes", "no"])
    assert one_spelling(given, NOMINAL)[0].values is given.values


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ratings(["1", "1"], ["a", "b"], ["Good", "good"]),
            "labels 'Good' and 'good'",
        ),
        (
            ratings(["1", "1"], ["a", "b"], ["yes", "yes\u200b"]),
            r"labels 'yes' and 'yes\u200b'",
        ),
        (
            ratings(["1", "1"], ["a", "b"], ["caf\u00e9", "cafe\u0301"]),
            r"labels 'caf\xe9' and 'cafe\u0301'",
        ),
        (ratings(["1", "1.0"], ["a", "b"], ["x", "y"]), "units '1' and '1.0'"),
        (ratings(["1", "1"], ["Ana", "ana"], ["x", "y"]), "raters 'Ana' and 'ana'"),
    ],
    ids=["case", "zero-width", "accent", "units", "raters"],
)
def test_what_looks_alike_is_refused_by_both_spellings(
    given: RatingColumns, said: str
) -> None:
    with pytest.raises(RatingError) as caught:
        one_spelling(given, NOMINAL)
    assert f"the {said} look alike: write one of them" in str(caught.value)


def test_names_without_a_rating_and_numbers_on_their_scale_do_not_matter() -> None:
    given = ratings(["1", "1.0"], ["a", "b"], ["x", None])
    assert one_spelling(given, NOMINAL)[1] == ()
    numbers = ratings(["1", "2"], ["a", "b"], ["1", "1.0"])
    assert one_spelling(numbers, Scale(kind="interval")) == (numbers, ())


def test_declared_categories_are_compared_too() -> None:
    scale = Scale(kind="nominal", categories=("yes", "Yes"))
    with pytest.raises(RatingError, match="'yes' and 'Yes' look alike"):
        one_spelling(ratings(["1"], ["a"], ["yes"]), scale)
