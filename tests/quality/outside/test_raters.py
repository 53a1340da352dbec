import pytest

from quality.agreement.category_lists import Scale
from quality.agreement.columns import Column
from quality.agreement.reading import RatingColumns, Reading, read
from quality.outside.raters import rater_lines


def reading(rows: list[tuple[int, str, str]], kind: str = "nominal") -> Reading:
    columns = [Column.of(cells) for cells in zip(*rows, strict=True)]
    ratings = RatingColumns.long(columns[:1], *columns[1:])
    return read(ratings, Scale(kind=kind))


ROWS = [
    (item, who, "ab"[(item % 2) ^ (who == "cai" and item < 5)])
    for item in range(20)
    for who in ("ana", "bo", "cai")
]


def test_each_rater_is_compared_with_the_others() -> None:
    lines = rater_lines(reading([*ROWS, (99, "cai", "a")]), least=10, level=0.95)
    assert [line.rater for line in lines] == ["cai", "ana", "bo"]
    cai, ana, _ = lines
    assert (cai.ratings, cai.shared) == (21, 20)
    assert cai.agreement == pytest.approx(15 / 20)
    assert ana.agreement == pytest.approx((15 + 5 / 2) / 20)
    assert cai.low < cai.agreement < cai.high
    assert cai.kappa == pytest.approx(0.5)


def test_few_shared_items_give_no_number() -> None:
    lines = rater_lines(reading(ROWS), least=21, level=0.95)
    assert {line.undefined for line in lines} == {"fewer than 21 shared items"}
    assert {line.agreement for line in lines} == {None}
    assert {line.kappa for line in lines} == {None}


def test_one_rater_and_numeric_scales_have_no_lines() -> None:
    alone = [row for row in ROWS if row[1] == "ana"]
    assert rater_lines(reading(alone), least=0, level=0.95) == []
    numbers = [(item, who, str(ord(v))) for item, who, v in ROWS]
    assert rater_lines(reading(numbers, "interval"), least=0, level=0.95) == []
