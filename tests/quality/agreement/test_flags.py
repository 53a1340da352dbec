import pytest

from quality.agreement import PatternTable, flags_of, measure

AB = ("ok", "bad")


def raised(
    rows: list[list[int]], *, raters: int | None = None, scale: str = "nominal"
) -> dict[str, str]:
    table = PatternTable.from_counts(rows, AB)
    found = flags_of(table, measure(table, scale), raters=raters)
    return {flag.code: flag.sentence for flag in found}


CALM = [[2, 0]] * 14 + [[0, 2]] * 14 + [[1, 1]] * 2


def test_good_ratings_raise_no_flag() -> None:
    assert raised(CALM, raters=3) == {}


def test_nobody_has_rated_and_nothing_is_flagged() -> None:
    assert raised([]) == {}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (CALM[1:] + [[1, 0]], {"few-items"}),
        (CALM[1:] + [[3, 1]], set()),
        (CALM + [[1, 0]] * 271, {"small-overlap"}),
        (CALM + [[1, 0]] * 270, set()),
        ([[2, 0]] * 30 + [[1, 1]] * 4, {"rare-category", "paradox"}),
        ([[2, 0]] * 30 + [[0, 2]] * 30, {"no-spread"}),
        ([[2, 0]] * 97 + [[1, 1]] * 6, {"paradox"}),
    ],
)
def test_each_flag_is_raised_by_its_rows(
    rows: list[list[int]], codes: set[str]
) -> None:
    assert set(raised(rows)) == codes


@pytest.mark.parametrize("scale", ["nominal", "binary", "ordinal"])
def test_the_paradox_is_seen_on_every_scale(scale: str) -> None:
    assert "paradox" in raised([[2, 0]] * 97 + [[1, 1]] * 6, scale=scale)


def test_few_raters_are_told_where_their_number_is_known() -> None:
    assert "2 people rated" in raised(CALM, raters=2)["few-raters"]
    assert "1 person rated" in raised(CALM, raters=1)["few-raters"]
    assert "few-raters" not in raised(CALM, raters=3)
    assert "few-raters" not in raised(CALM)


def test_the_sentences_name_the_numbers_they_rest_on() -> None:
    told = raised([[1, 1]] + [[1, 0]] * 19)
    assert told["few-items"].startswith("Only 1 item with two ratings or more")
    assert told["small-overlap"].startswith("1 of 20 items have two ratings or more")
    assert told["rare-category"].startswith("“bad” was chosen only once")


def test_the_paradox_shows_both_numbers() -> None:
    sentence = raised([[2, 0]] * 97 + [[1, 1]] * 6)["paradox"]
    assert "Alpha is low (-0.02) while AC1 is high (0.94)" in sentence
