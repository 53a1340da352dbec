import numpy as np

from quality.agreement.columns import Column, crossed, spelled, stacked


def test_equal_texts_share_a_code_in_order_of_appearance() -> None:
    column = Column.of(["b", "a", " b ", "", None, "a"])
    assert column.names == ("b", "a")
    assert column.codes.tolist() == [0, 1, 0, -1, -1, 1]
    assert len(column) == 6


def test_numbers_are_spelled_as_people_write_them() -> None:
    cells = [3.0, 3, np.float64(3), 2.5, float("nan"), True, -0.0]
    assert [spelled(cell) for cell in cells] == ["3", "3", "3", "2.5", "", "True", "0"]
    column = Column.of(np.array([1.0, np.nan, 2.5]))
    assert column.names == ("1", "2.5")
    assert column.codes.tolist() == [0, -1, 1]


def test_a_text_that_stands_for_nothing_is_a_gap_only_where_it_was_named() -> None:
    assert Column.of(["NA", "x"]).codes.tolist() == [0, 1]
    column = Column.of(["NA", "x", ""], missing=["NA"])
    assert column.names == ("x",)
    assert column.codes.tolist() == [-1, 0, -1]


def test_stacked_columns_share_their_names() -> None:
    both = stacked([Column.of(["x", None]), Column.of(["y", "x"])])
    assert both.names == ("x", "y")
    assert both.codes.tolist() == [0, -1, 1, 0]
    assert len(stacked([])) == 0


def test_crossed_columns_have_one_code_per_combination() -> None:
    one, other = Column.of(list("aabb")), Column.of(list("xyxx"))
    codes, first = crossed([one, other], 4)
    assert codes.tolist() == [0, 1, 2, 2]
    assert first.tolist() == [0, 1, 2]
    assert crossed([], 3)[0].tolist() == [0, 0, 0]


def test_many_crossed_columns_of_many_names_do_not_run_over() -> None:
    names = [str(k) for k in range(3000)]
    codes, _ = crossed([Column.of(names)] * 9, 3000)
    assert codes.tolist() == list(range(3000))
