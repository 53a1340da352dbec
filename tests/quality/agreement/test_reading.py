import numpy as np
import pytest

from quality.agreement import PatternTable, measure
from quality.agreement.category_lists import Scale
from quality.agreement.columns import Column
from quality.agreement.rating_error import RatingError
from quality.agreement.reading import RatedTwice, RatingColumns, Reading, read

AB = Scale(kind="nominal", categories=("a", "b"))


def long(
    *rows: tuple[str, str, str], by: list[str] | None = None, second: str = ""
) -> RatingColumns:
    """Rows of unit, rater, value; `second` names one more column of the unit."""
    units, raters, values = (Column.of(cells) for cells in zip(*rows, strict=True))
    named = [units, Column.of(second)] if second else [units]
    slices = {"language": Column.of(by)} if by else {}
    return RatingColumns.long(named, raters, values, slices)


def tables(reading: Reading) -> list[PatternTable]:
    return [part.part().counted for part in reading.slices]


def test_long_rows_become_one_table() -> None:
    reading = read(
        long(("1", "x", "a"), ("2", "x", "b"), ("1", "y", "a"), ("2", "y", "a")), AB
    )
    (part,) = reading.slices
    assert part.part().counted == PatternTable.from_counts([[2, 0], [1, 1]], ("a", "b"))
    assert part.part().raters == reading.n_raters == 2
    assert part.slice == {}


def test_slices_keep_the_order_they_came_in_and_share_the_categories() -> None:
    rows = [("1", "x", "a"), ("1", "x", "b"), ("1", "y", "a"), ("1", "z", "b")]
    reading = read(long(*rows, by=["fr", "de", "fr", "de"]), AB)
    assert [part.slice for part in reading.slices] == [
        {"language": "fr"},
        {"language": "de"},
    ]
    assert [table.label_counts for table in tables(reading)] == [(2, 0), (0, 2)]
    assert [part.part().raters for part in reading.slices] == [2, 2]
    assert reading.n_raters == 3


def test_slices_without_declared_categories_have_their_own() -> None:
    rows = [("1", "x", "a"), ("1", "x", "d"), ("1", "y", "b"), ("1", "z", "c")]
    reading = read(long(*rows, by=["fr", "de", "fr", "de"]), Scale(kind="nominal"))
    assert [part.categories for part in reading.slices] == [("a", "b"), ("c", "d")]
    assert [table.label_counts for table in tables(reading)] == [(1, 1), (1, 1)]
    assert reading.categories == ("a", "b", "c", "d")


def test_two_columns_name_a_unit_together() -> None:
    rows = [("1", "x", "a"), ("1", "x", "b"), ("1", "y", "a")]
    (table,) = tables(read(long(*rows, second="pqp"), AB))
    assert (table.n_items, table.n_pairable) == (2, 1)


def test_wide_and_long_say_the_same() -> None:
    rng = np.random.default_rng(5)
    cells = rng.choice(["a", "b", ""], size=(40, 4), p=[0.5, 0.2, 0.3])
    wide = RatingColumns.wide(
        [Column.of(range(40))], {f"r{g}": Column.of(cells[:, g]) for g in range(4)}
    )
    rows = [(str(i), f"r{g}", cells[i, g]) for i in range(40) for g in range(4)]
    one, other = read(wide, AB), read(long(*rows), AB)
    assert tables(one) == tables(other)
    assert one.gaps == other.gaps == int((cells == "").sum())
    counts = np.stack([(cells == c).sum(axis=1) for c in "ab"], axis=1)
    assert tables(one) == [PatternTable.from_counts(counts, ("a", "b"))]


def test_the_order_of_rows_changes_nothing() -> None:
    rng = np.random.default_rng(6)
    rows = [
        (str(i), str(g), rng.choice(["a", "b"])) for i in range(30) for g in range(3)
    ]
    shuffled = [rows[k] for k in rng.permutation(len(rows))]
    assert tables(read(long(*rows), AB)) == tables(read(long(*shuffled), AB))


def test_gaps_are_counted_and_need_no_name() -> None:
    reading = read(long(("1", "x", "a"), ("", "", ""), ("2", "y", "")), AB)
    assert reading.gaps == 2
    assert tables(reading)[0].n_ratings == 1
    assert read(long(("1", "x", "")), AB).slices == ()


def test_the_first_unit_rated_twice_is_named_with_both_rows() -> None:
    rows = [("1", "x", "a"), ("2", "y", ""), ("2", "y", "a"), ("2", "y", "b")]
    again = long(*rows, ("1", "x", "a"))
    with pytest.raises(RatedTwice, match="'y' has rated unit '2' before") as caught:
        read(again, AB)
    assert (caught.value.earlier, caught.value.row) == (2, 3)
    reading = read(again, AB, keep_last=True)
    assert reading.replaced == 2
    assert tables(reading)[0].label_counts == (1, 1)


def test_one_rater_may_rate_a_unit_once_in_every_slice() -> None:
    reading = read(long(("1", "x", "a"), ("1", "x", "b"), by=["fr", "de"]), AB)
    assert len(reading.slices) == 2


@pytest.mark.parametrize(
    ("rows", "by", "role"),
    [
        ([("1", "x", "a"), ("", "x", "a")], None, "unit"),
        ([("1", "x", "a"), ("2", "", "a")], None, "rater"),
        ([("1", "x", "a"), ("2", "x", "a")], ["fr", ""], "language"),
    ],
)
def test_a_value_without_unit_rater_or_slice_is_refused(
    rows: list[tuple[str, str, str]], by: list[str] | None, role: str
) -> None:
    with pytest.raises(RatingError, match=f"its {role} is empty") as caught:
        read(long(*rows, by=by), AB)
    assert (caught.value.row, caught.value.column) == (1, role)


def test_a_wrong_value_is_named_by_its_row_among_the_gaps() -> None:
    with pytest.raises(RatingError, match="'c' is none of") as caught:
        read(long(("1", "x", ""), ("1", "y", "a"), ("2", "x", "c")), AB)
    assert caught.value.row == 2
    wide = RatingColumns.wide(
        [Column.of("12")], {"x": Column.of("ab"), "y": Column.of("ac")}
    )
    with pytest.raises(RatingError) as caught:
        read(wide, AB)
    assert caught.value.row == 1


def test_numbers_are_read_for_numeric_scales() -> None:
    rows = [("1", "x", "0"), ("1", "y", "1.5"), ("2", "x", "9"), ("2", "y", "10")]
    (part,) = read(long(*rows), Scale(kind="interval", low=0, high=10)).slices
    numbers = part.part().counted
    assert numbers.values.high == 10
    assert numbers.measure()[0].value > 0.9
    assert part.categories == ()


def test_a_million_ratings_are_the_sum_of_their_histogram() -> None:
    rng = np.random.default_rng(7)
    labels = rng.integers(0, 3, 999_999)
    units = np.repeat(np.arange(333_333), 3)
    raters = np.tile(np.arange(3), 333_333)
    names = tuple(f"item {k}" for k in range(333_333))
    reading = read(
        RatingColumns.long(
            [Column(names, units)],
            Column(("x", "y", "z"), raters),
            Column(("a", "b", "c"), labels),
        ),
        Scale(kind="nominal"),
    )
    (table,) = tables(reading)
    assert table.n_items == 333_333
    assert table.label_counts == tuple(np.bincount(labels).tolist())
    same = PatternTable.from_ratings(units, labels, ("a", "b", "c"))
    assert measure(table, "nominal") == measure(same, "nominal")
