from collections.abc import Iterator

import pytest

from corpus.content import parse
from corpus.record import Found, Picture, Record, Repeat, RowError
from corpus.sources import SourceError
from corpus.sources.survey import Survey


def record(number: int = 1, caption: str = "A cat.", **fields: object) -> Record:
    content = parse("caption", {"caption": caption})
    return Record(key=str(number), content=content, line=number, **fields)


def survey(*rows: Found, keep: int | None = 20) -> Survey:
    found = Survey(fault=lambda data: "is odd" if data == b"odd" else "", keep=keep)
    list(found.over(rows))
    return found


def test_lengths_are_exact() -> None:
    rows = [record(n, "x" * n) for n in range(1, 101)]
    assert survey(*rows).lengths == {
        "caption caption": {
            "count": 100,
            "least": 1,
            "median": 50,
            "p95": 95,
            "most": 100,
        }
    }


def test_options_and_turns_are_measured_together() -> None:
    fields = {"question": "Which?", "options": ["a", "bb", "ccc"], "key": "A"}
    choice = Record("1", parse("multiple_choice", fields))
    turns = [{"question": "q" * n, "answer": "a"} for n in (1, 2)]
    talk = Record("2", parse("conversation", {"turns": turns}))
    lengths = survey(choice, talk).lengths
    assert lengths["multiple_choice option"]["count"] == 3
    assert lengths["conversation question"]["most"] == 2


def test_rows_that_pass_on_are_those_that_could_be_imported() -> None:
    found = Survey(fault=lambda data: "is odd" if data == b"odd" else "")
    rows = [
        record(1, picture=Picture(data=b"good")),
        record(2, picture=Picture(data=b"odd")),
        RowError(3, "caption", "is empty"),
        record(4, picture=Picture(url="https://example.org/a")),
        record(5, picture=Picture(data=b"odd")),
    ]
    assert [passed.line for passed in found.over(rows)] == [1, 4]
    assert found.pictures == {"embedded": 3, "addressed": 1, "undecodable": 2}
    assert [error.line for error in found.errors] == [2, 3, 5]
    assert not found.is_good


def test_same_picture_is_decoded_once() -> None:
    seen: list[bytes] = []

    def fault(data: bytes) -> str:
        seen.append(data)
        return ""

    found = Survey(fault=fault)
    list(found.over(record(n, picture=Picture(data=b"same")) for n in range(5)))
    assert seen == [b"same"]
    assert found.pictures["embedded"] == 5


def test_same_text_is_a_repeat_on_the_same_picture_only() -> None:
    one, other = Picture(data=b"one"), Picture(data=b"other")
    rows = [record(1, picture=one), record(2, picture=other), record(3, picture=one)]
    assert survey(*rows).repeated_items == 1
    assert survey(record(1), record(2)).repeated_items == 1


def test_groups_are_counted_by_size() -> None:
    groups = ["a", "b", "a", "", "c"]
    rows = [record(n, f"{n}", group=group) for n, group in enumerate(groups)]
    assert survey(*rows).groups == {1: 2, 2: 1}


@pytest.mark.parametrize(("keep", "listed"), [(2, 2), (None, 5)])
def test_errors_are_all_counted_and_some_are_kept(
    keep: int | None, listed: int
) -> None:
    errors = [RowError(n, "", "is odd") for n in range(5)]
    found = survey(*errors, keep=keep)
    assert (found.bad, len(found.errors)) == (5, listed)


def test_file_that_breaks_off_keeps_its_figures() -> None:
    def rows() -> Iterator[Record]:
        yield record()
        raise SourceError("a.tsv: broken.")

    found = Survey(fault=lambda _: "")
    assert len(list(found.over(rows()))) == 1
    assert (found.rows, found.broken) == (1, "a.tsv: broken.")
    assert not found.is_good


def test_rows_that_repeat_others_are_no_items() -> None:
    found = survey(record(1), Repeat(2), Repeat(3))
    assert (found.rows, found.merged, found.is_good) == (3, 2, True)
    assert found.as_json()["merged"] == 2
