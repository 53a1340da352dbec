from typing import Any

from corpus.checks.sets import Member, copies
from corpus.content import Caption, parse

BASE = {"question": "Quoi ?", "options": ["a", "b", "c"], "key": "A"}
TURNED = {"question": "Quoi ?", "options": ["b", "c", "a"], "key": "C"}


def member(index: str, /, **fields: Any) -> Member:
    content = parse("multiple_choice", fields)
    return Member(index, content, content)


def why(**changes: Any) -> str:
    rows = [member("7", **BASE), member("1000007", **(TURNED | changes))]
    [finding] = copies.check(rows)
    assert (finding.severity, finding.keys) == ("block", ("7", "1000007"))
    return finding.message


def test_base_row_turned_round_passes() -> None:
    rows = [member("7", **BASE), member("1000007", **TURNED)]
    assert list(copies.check(rows)) == []


def test_copy_with_other_words_is_blocked() -> None:
    assert "options" in why(options=["b", "c", "A"])
    assert "options" in why(options=["b", "a", "c"])
    assert "Question or hint" in why(question="Quel ?")
    assert "Question or hint" in why(hint="Ici.")


def test_copy_with_another_answer_is_blocked() -> None:
    assert "another answer" in why(key="A")


def test_copy_without_its_base_row_is_blocked() -> None:
    [finding] = copies.check([member("2000009", **BASE)])
    assert finding.message == "The base row 9 of this copy is missing."


def test_other_keys_and_kinds_are_no_copies() -> None:
    caption = Member("1000007", Caption("a"), Caption("b"))
    assert list(copies.check([caption, member("row-1", **BASE)])) == []
