from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.plain_text import counted, normal_form, storable, storable_json


@given(st.text(st.characters(codec=None)))
def test_storable_text_can_be_encoded_and_holds_no_nul(text: str) -> None:
    plain = storable(text)
    assert plain.encode().decode() == plain
    assert "\x00" not in plain
    assert len(plain) == len(text)


@given(st.text(), st.integers(1, 50))
def test_cut_text_is_never_longer_than_asked(text: str, most: int) -> None:
    assert len(storable(text, most)) <= most


def test_what_fits_is_not_cut() -> None:
    assert storable("four", 4) == "four"


def test_names_of_fields_are_made_storable_too() -> None:
    data = {"\ud800": ["a\x00", 1, None], "b": {"c": "\udfff"}}
    assert storable_json(data) == {
        "\ufffd": ["a\ufffd", 1, None],
        "b": {"c": "\ufffd"},
    }


@given(st.text(st.sampled_from("aeé \u0301\u0323\u0327가\U0001f44d"), max_size=30))
def test_normal_form_is_that_of_unicode_below_31_marks(text: str) -> None:
    assert normal_form("NFC", text) == unicodedata.normalize("NFC", text)
    assert normal_form("NFD", text) == unicodedata.normalize("NFD", text)


def test_stacked_marks_are_all_kept_and_the_first_one_joins_its_letter() -> None:
    text = "cafe" + "\u0301\u0323" * 100 + " é"
    composed, apart = normal_form("NFC", text), normal_form("NFD", text)
    assert composed.startswith("cafẹ")
    assert sorted(apart) == sorted(unicodedata.normalize("NFD", text))
    assert composed.endswith(" é")


def test_a_number_stands_with_the_noun_that_fits() -> None:
    said = [counted(n, "row is", "rows are") for n in (0, 1, 2, 1040)]
    assert said == ["0 rows are", "1 row is", "2 rows are", "1,040 rows are"]
