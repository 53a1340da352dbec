from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checks.number_values import numbers


def values(text: str, *, blanks_group: bool = True) -> list[list[str]]:
    found = numbers(text, blanks_group=blanks_group)
    return [sorted(str(value) for value in number.values) for number in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no number", []),
        ("12", [["12"]]),
        ("007", [["7"]]),
        ("1.5", [["1.5"]]),
        ("1,5", [["1.5"]]),
        ("1.50", [["1.5"]]),
        ("1,000", [["1", "1000"]]),
        ("1.000", [["1", "1000"]]),
        ("0.125", [["0.125", "125"]]),
        ("1234.567", [["1234.567"]]),
        ("1,234.5", [["1234.5"]]),
        ("1.234,5", [["1234.5"]]),
        ("1 234,5", [["1234.5"]]),
        ("1\u202f234\u00a0567", [["1234567"]]),
        ("1'234", [["1234"]]),
        ("1,234,567", [["1234567"]]),
        ("1.234.56", [["1"], ["234"], ["56"]]),
        ("1.234,567.8", [["1"], ["234"], ["567"], ["8"]]),
        ("1" + "0" * 40, [["1" + "0" * 40]]),
        ("1.2.3", [["1"], ["2"], ["3"]]),
        ("1,2,3", [["1"], ["2"], ["3"]]),
        ("12/31/2020", [["12"], ["31"], ["2020"]]),
        ("in 2020, 5", [["2020"], ["5"]]),
        ("B2 and 3D", [["2"], ["3"]]),
        ("at 3 pm", [["15", "3"]]),
        ("at 3:30 p.m.", [["15", "3"], ["30"]]),
        ("12 am", [["0", "12"]]),
        ("12 pm", [["12"]]),
    ],
)
def test_numbers_are_read_by_the_rules_of_all_languages(
    text: str, expected: list[list[str]]
) -> None:
    assert values(text) == expected


def test_blank_between_digits_can_be_read_both_ways() -> None:
    assert values("5 100 200") == [["5100200"]]
    assert values("5 100 200", blanks_group=False) == [
        ["5"],
        ["100"],
        ["200"],
    ]


def test_span_is_where_the_number_stands() -> None:
    text = "about 1.234,5 metres"
    [number] = numbers(text)
    assert text[number.start : number.end] == number.text == "1.234,5"


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_every_notation_of_a_number_has_its_value(whole: int, cents: int) -> None:
    value = Decimal(f"{whole}.{cents:02}")
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(".,", ",."))
    french = german.replace(".", "\u202f")
    for text in (english, german, french):
        [number] = numbers(text)
        assert value in number.values


@given(st.text("0123456789., \u00a0'ab:pm", max_size=30))
def test_spans_are_in_order_and_hold_digits(text: str) -> None:
    end = 0
    for number in numbers(text):
        assert number.start >= end
        assert text[number.start : number.end] == number.text
        assert number.values
        end = number.end
