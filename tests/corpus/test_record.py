import dataclasses

import pytest

from corpus.content import Caption
from corpus.record import Picture, Record, RowError


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
