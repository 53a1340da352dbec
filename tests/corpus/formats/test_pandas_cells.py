import io

import pandas as pd  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.pandas_cells import MISSING, ColumnCheck, quoted, why_missing


def as_pandas_reads(column: list[str]) -> list[str]:
    """The column's cells after a round through pandas, as text; "" if missing."""
    lines = ["n\tcell", *(f"{n}\t{quoted(cell)}" for n, cell in enumerate(column))]
    frame = pd.read_csv(io.StringIO("\n".join(lines) + "\n", newline=""), sep="\t")
    return ["" if pd.isna(cell) else str(cell) for cell in frame["cell"].tolist()]


def altered(column: list[str]) -> list[int]:
    check = ColumnCheck()
    for row, cell in enumerate(column):
        if cell:
            check.add(row, cell)
    return check.altered(len(column))


def test_missing_words_are_those_of_the_installed_pandas() -> None:
    from pandas._libs.parsers import STR_NA_VALUES  # type: ignore[import-untyped]

    assert MISSING == STR_NA_VALUES


@pytest.mark.parametrize("word", sorted(MISSING - {""}))
def test_missing_word_is_refused_and_does_vanish(word: str) -> None:
    assert why_missing(word) is not None
    assert as_pandas_reads([word, "text"]) == ["", "text"]


@pytest.mark.parametrize("word", ["Null", "none", "Nan", " None", "NONE", "n.a."])
def test_word_that_only_looks_alike_is_safe(word: str) -> None:
    assert why_missing(word) is None
    assert as_pandas_reads([word, "text"]) == [word, "text"]


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        (["3", "7"], []),
        (["3", ""], [0]),
        (["3", "7", "x"], []),
        (["1.50", "2.5"], [0]),
        (["1.5", "2.5"], []),
        (["1.5", "2"], [1]),
        (["007", "8"], [0]),
        (["1e3", "2"], [0, 1]),
        (["+5", "6"], [0]),
        ([" 5", "6"], [0]),
        (["99999999999999999999", "1"], [0]),
        (["True", "False"], []),
        (["TRUE", "false"], [0, 1]),
        (["True", "3"], []),
        (["inf", "1.5"], []),
        (["Infinity", "1.5"], [0]),
        (["", ""], []),
    ],
)
def test_number_columns_are_watched(column: list[str], rows: list[int]) -> None:
    assert altered(column) == rows


cells = st.one_of(
    st.sampled_from(["", "3", "3.0", "1.50", "007", "1e3", "True", "FALSE", "inf"]),
    st.sampled_from(["-0", "+1", " 2", "2 ", ".5", "5.", "1_000", "1,5", "0x1F"]),
    st.integers().map(str),
    st.floats(allow_nan=False).map(repr),
    st.text("abc\t\n\r\"'#, 1", max_size=6),
)


@given(st.lists(cells, min_size=1, max_size=5))
def test_column_that_passes_comes_back_from_pandas(column: list[str]) -> None:
    if any(why_missing(cell) for cell in column if cell) or altered(column):
        return
    assert as_pandas_reads(column) == column
