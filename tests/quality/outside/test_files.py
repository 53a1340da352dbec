import gzip
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quality.outside.files import (
    RatingFile,
    RatingFileError,
    column_names,
    read_columns,
)

TABLE = 'item,who,"score, of 5"\n1,ana,5\n2,bo,\n'


def written(folder: Path, content: str | bytes, name: str = "ratings.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(file: RatingFile, name: str) -> list[str | None]:
    column = file.columns[name]
    return [column.names[code] if code >= 0 else None for code in column.codes]


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        "\ufeff" + TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\n\n"),
        TABLE.rstrip("\n"),
        TABLE.replace(",", "\t").replace("score\t", "score,"),
        TABLE.replace(",", ";").replace("score;", "score,"),
        TABLE.replace(",", "|").replace("score|", "score,"),
    ],
    ids=["plain", "BOM", "CRLF", "blank-lines", "no-end", "tab", "semicolon", "bar"],
)
def test_every_kind_of_text_is_read_alike(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    assert column_names(path) == ["item", "who", "score, of 5"]
    file = read_columns(path, ["score, of 5", "item"])
    assert cells(file, "score, of 5") == ["5", None]
    assert cells(file, "item") == ["1", "2"]


def test_gzip_is_read_as_what_is_inside(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(TABLE.encode()), "ratings.csv.gz")
    assert cells(read_columns(path, ["who"]), "who") == ["ana", "bo"]


def test_a_row_is_found_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = written(tmp_path, 'item,note\n1,"two\nlines, ""both"" here"\n\n2,x\n')
    file = read_columns(path, ["item", "note"])
    assert cells(file, "note")[0] == 'two\nlines, "both" here'
    assert [file.place(row) for row in (0, 1)] == ["line 2", "line 5"]


def test_words_for_nothing_are_gaps(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,NA\n2,0\n")
    assert cells(read_columns(path, ["b"], missing=["NA"]), "b") == [None, "0"]
    assert cells(read_columns(path, ["b"]), "b") == ["NA", "0"]


def test_parquet_of_any_plain_type_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ratings.parquet"
    columns = {
        "item": pa.array([1, 2, None]),
        "who": pa.array(["ana", None, "bo"]).dictionary_encode(),
        "score": pa.array([1.0, 2.5, float("nan")]),
        "kept": pa.array([True, None, False]),
    }
    pq.write_table(pa.table(columns), path)
    assert column_names(path) == list(columns)
    file = read_columns(path, list(columns))
    assert cells(file, "item") == ["1", "2", None]
    assert cells(file, "who") == ["ana", None, "bo"]
    assert cells(file, "score") == ["1", "2.5", None]
    assert cells(file, "kept") == ["True", None, "False"]
    assert file.place(2) == "row 3"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty or begins with an empty line"),
        ("a,b\n", "there is a header and no row below it"),
        ("a,b\n1,2\n3\n", "line 3 has 1 cells and the header has 2"),
        ('a,b\n1,"2\n3,4\n', "line 2 is no row of a table"),
        ('"a,b\n', "line 1 is no row of a table"),
        ("a,c\n1,2\n", "there is no column 'b'; the file has a, c"),
        ("a,b,b\n1,2,3\n", "there are two of column 'b'"),
        (b"a,b\n1,\xe9\n", r"the file is not UTF-8 text \(byte 0xe9\)"),
        (b"a,b\n" + b"1,2\n" * 9999 + b"1,\xe9\n", r"the file is not UTF-8 text"),
        ("a,b\n1,2\n".encode("utf-16"), r"the file is not UTF-8 text \(byte 0xff\)"),
    ],
)
def test_a_bad_text_is_told_in_one_sentence(
    tmp_path: Path, content: str | bytes, fault: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(RatingFileError, match=rf"^ratings\.csv: {fault}") as caught:
        read_columns(path, ["a", "b"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.parquet", b"PAR1", "cannot be read"),
        ("x.csv.gz", b"a,b\n", "cannot be read"),
        (
            "x.csv.gz",
            gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-20],
            "gzip file is broken",
        ),
    ],
)
def test_a_broken_file_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, fault: str
) -> None:
    with pytest.raises(RatingFileError, match=fault):
        read_columns(written(tmp_path, content, name), ["a"])


@pytest.mark.parametrize("name", ["none.csv", "none.parquet"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RatingFileError, match="there is no such file"):
        read_columns(tmp_path / name, ["a"])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(RatingFileError, match="cannot be read"):
        read_columns(tmp_path, ["a"])


def test_nested_parquet_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"a": [[1], [2]]}), path)
    with pytest.raises(RatingFileError, match="'a' holds list"):
        read_columns(path, ["a"])


def test_a_quotation_mark_in_a_tsv_swallows_no_rows(tmp_path: Path) -> None:
    content = 'a\tnote, with, commas\n1\t"so\n2\tx\n3\tend"\n4\ty\n'
    path = written(tmp_path, content, "ratings.tsv")
    with pytest.raises(RatingFileError, match="begins on line 2 with a quot.*line 4;"):
        read_columns(path, ["a"])
    file = read_columns(path, ["a", "note, with, commas"], quotes=False)
    assert cells(file, "a") == ["1", "2", "3", "4"]
    assert cells(file, "note, with, commas") == ['"so', "x", 'end"', "y"]


def test_a_packed_tsv_is_read_with_tabs_too(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"a,b,c\td\n1\t2\n"), "r.TSV.gz")
    assert column_names(path) == ["a,b,c", "d"]


def test_decimals_and_short_floats_are_the_numbers_they_print(tmp_path: Path) -> None:
    path = tmp_path / "ratings.parquet"
    decimals = [Decimal("0.00"), Decimal("2.50"), None]
    table = {"d": decimals, "f": pa.array([0.1, 2.0, None], pa.float32())}
    pq.write_table(pa.table(table), path)
    file = read_columns(path, ["d", "f"])
    assert cells(file, "d") == ["0", "2.5", None]
    assert cells(file, "f") == ["0.1", "2", None]
