import pytest

from corpus.checks.sets import reserved_cells


def messages(*cells: str) -> list[str]:
    rows = [(str(n), {"A": cell}) for n, cell in enumerate(cells)]
    found = list(reserved_cells.check(rows))
    assert all(finding.severity == "block" for finding in found)
    return [f"{','.join(f.keys)} {f.field}: {f.message}" for f in found]


@pytest.mark.parametrize("cell", ["None", "NA", "null", "nan"])
def test_word_for_a_missing_cell_is_blocked(cell: str) -> None:
    [message] = messages("chat", cell)
    assert message.startswith(f"1 A: The cell reads {cell!r}")


@pytest.mark.parametrize("cell", ["=A1", "+ chat", "-chat", "@chat"])
def test_cell_that_a_spreadsheet_runs_is_blocked(cell: str) -> None:
    [message] = messages("chat", cell)
    assert "formula" in message


@pytest.mark.parametrize("cell", ["Null", "-3", "+1,5", "", "1.50", "a=b", "-"])
def test_other_cells_of_a_column_of_text_pass(cell: str) -> None:
    assert messages("chat", cell) == []


def test_number_in_a_column_of_numbers_that_would_change_is_blocked() -> None:
    [message] = messages("1.50", "2.5")
    assert message.startswith("0 A: All cells of this column look like numbers")
    assert messages("1.5", "2.5") == []


def test_blank_among_whole_numbers_changes_them() -> None:
    assert len(messages("3", "", "4")) == 2
