import dataclasses
import json

import pytest

from corpus.content import Caption
from corpus.record import Picture, Record, RowError, RowNumber, merged, place


def test_row_error_reads_as_a_sentence_with_its_place() -> None:
    error = RowError(7, "answer", "expected a letter")
    assert str(error) == "line 7, column answer: expected a letter"


def test_row_error_about_a_whole_row_names_no_column() -> None:
    assert str(RowError(7, "", "is not UTF-8")) == "line 7: is not UTF-8"


def test_records_do_not_share_their_upstream_columns() -> None:
    one, two = Record("1", Caption("A")), Record("2", Caption("B"))
    assert one.upstream == {}
    assert one.upstream is not two.upstream


def test_record_cannot_be_changed_once_read() -> None:
    record = Record("1", Caption("A"), Picture(url="https://example.org/a.png"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.key = "2"  # type: ignore[misc]


def test_a_row_of_a_file_without_lines_is_called_a_row() -> None:
    error = RowError(RowNumber(7), "image", "is gone")
    assert str(error) == "row 7, column image: is gone"
    assert (place(RowNumber(7)), place(7)) == ("row 7", "line 7")
    assert error == RowError(7, "image", "is gone")
    assert json.loads(json.dumps(error.as_json())) == {
        "line": 7,
        "place": "row 7",
        "column": "image",
        "reason": "is gone",
    }


@pytest.mark.parametrize(
    ("rows", "repeats", "bad", "said"),
    [
        (18, 12, 0, "18 rows, 12 of them repeats of others: 6 items"),
        (2, 1, 0, "2 rows, 1 of them a repeat of another: 1 item"),
        (1040, 2, 3, "1,040 rows, 2 of them repeats of others, 3 bad: 1,035 items"),
    ],
)
def test_repeats_are_told_in_plain_words(
    rows: int, repeats: int, bad: int, said: str
) -> None:
    assert merged(rows, repeats, bad) == said
