from pathlib import Path

import pytest

from corpus.record import RowError
from corpus.sources import jsonl
from corpus.sources.source import CellError


def test_place_of_a_line_leads_back_to_it(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes('\ufeff{"a": "é"}\r\n\n{"a": 2}\n{"a": 3}'.encode())
    placed = list(jsonl.placed_rows(path))
    assert [line for line, _, _ in placed] == [1, 3, 4]
    with path.open("rb") as file:
        for _, offset, row in reversed(placed):
            assert jsonl.row_at(file, offset) == row


def test_line_behind_an_endless_one_has_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 20)
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n{"a": "' + "x" * 100 + '"}\n{"a": 3}\n')
    (_, _, first), (_, place, error), (line, offset, last) = jsonl.placed_rows(path)
    assert error == RowError(2, "", "the line is longer than 20 bytes")
    assert (first, line, last) == ({"a": 1}, 3, {"a": 3})
    with path.open("rb") as file:
        assert jsonl.row_at(file, offset) == {"a": 3}
        with pytest.raises(CellError, match="longer than 20 bytes"):
            jsonl.row_at(file, place)
