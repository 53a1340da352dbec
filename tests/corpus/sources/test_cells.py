import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources.cells import (
    mark,
    require_storable,
    row_key,
    upstream_of,
    whole_number,
)
from corpus.sources.source import CellError

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(texts, part, max_size=3),
)
rows = st.dictionaries(st.sampled_from("abcdef"), plain | st.just("nan"))


def same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)


@given(row=rows, given_back=rows)
def test_row_comes_back_from_content_and_upstream(
    row: dict[str, Any], given_back: dict[str, Any]
) -> None:
    said = {column: cell for column, cell in given_back.items() if column in row}
    kept = upstream_of(row, said)
    words = dict.fromkeys(kept.pop("nan", []), "nan")
    back = said | kept | words
    assert same(dict(sorted(back.items())), dict(sorted(row.items())))


def test_cell_that_the_content_gives_back_is_not_kept_twice() -> None:
    assert upstream_of({"a": "x", "b": 1}, {"a": "x", "b": True}) == {"b": 1}


def test_of_the_picture_only_its_file_name_is_kept() -> None:
    image = {"bytes": b"x", "path": "a.png"}
    assert upstream_of({"image": image}, {}) == {"image": {"path": "a.png"}}
    assert upstream_of({"image": image | {"path": None}}, {}) == {}
    assert upstream_of({"image": "YWJj"}, {}) == {}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a\x00b", "NUL"),
        ([{"a": ["\x00"]}], "NUL"),
        ({"\x00": 1}, "NUL"),
        ("\ud800", "half a surrogate pair"),
        (math.nan, "no number in JSON"),
        ([-math.inf], "no number in JSON"),
    ],
)
def test_what_postgres_cannot_hold_is_refused(value: Any, reason: str) -> None:
    with pytest.raises(CellError, match=reason) as caught:
        require_storable("code", value)
    assert caught.value.column == "code"


@pytest.mark.parametrize("cell", [7, "7", " 7 ", "007"])
def test_whole_number_is_read_from_both_types(cell: Any) -> None:
    assert whole_number("index", cell) == 7


@pytest.mark.parametrize("cell", [None, "", "7.0", 7.0, True, -7, "٧", "9" * 19, "1e3"])
def test_other_numbers_are_refused(cell: Any) -> None:
    with pytest.raises(CellError, match="expected a whole number"):
        whole_number("index", cell)


def test_mark_tells_parts_apart_and_never_changes() -> None:
    assert mark("ab", "c") != mark("a", "bc")
    assert mark(b"ab") != mark("ab")
    assert mark(["a"], None) == "d52a6c23f10e449d"
    assert row_key(3, "a") == f"3-{mark('a')}"
