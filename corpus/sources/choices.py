"""Multiple choice: one column per option letter, or one list and a number.

The answer of a list is counted from zero, and is an integer or its digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.content import LETTERS, MultipleChoice
from corpus.plain_text import counted
from corpus.sources.cells import Cells, content_of, is_missing, or_none, whole_number
from corpus.sources.source import CellError

#: Where the content stands when every option has a column named by its letter.
_LETTERED = {"key": "answer", "options": "A"} | {
    f"option {letter}": letter for letter in LETTERS
}


def lettered(cells: Mapping[str, Any]) -> MultipleChoice:
    """The content of a row with the options in columns A, B, C and so on."""
    answer = cells["answer"]
    if is_missing(answer):
        raise CellError("answer", "there is no answer (those of test are not public)")
    fields = {
        "question": cells["question"],
        "options": _options(cells),
        "key": answer.strip(),
        "hint": or_none(cells.get("hint")),
        "category": or_none(cells.get("category")),
    }
    return _choice(content_of("multiple_choice", fields, columns=_LETTERED))


def lettered_back(content: MultipleChoice) -> dict[str, Any]:
    """What the content says about the columns of such a row."""
    return {
        "question": content.question,
        "answer": content.key,
        "hint": content.hint,
        "category": content.category,
    } | dict(zip(LETTERS, content.options, strict=False))


def numbered(
    cells: Cells, options: str, *, hint: str | None = None, category: str | None = None
) -> MultipleChoice:
    """The content of a row with all options in the column `options`."""
    texts = cells[options] or []
    number = whole_number("answer", cells["answer"])
    if number >= len(texts):
        has = counted(len(texts), "option", "options")
        raise CellError("answer", f"is {number}, but the row has {has}")
    fields = {
        "question": cells["question"],
        "options": texts,
        "key": LETTERS[number] if number < len(LETTERS) else "",
        "hint": hint,
        "category": category,
    }
    return _choice(content_of("multiple_choice", fields, parts_in=options))


def _choice(content: object) -> MultipleChoice:
    assert isinstance(content, MultipleChoice)
    return content


def _options(cells: Mapping[str, Any]) -> list[str]:
    """The options up to the last one that is there; none may be missing before it."""
    letters = [letter for letter in LETTERS if letter in cells]
    present = [letter for letter in letters if not is_missing(cells[letter])]
    for letter, expected in zip(present, LETTERS, strict=False):
        if letter != expected:
            raise CellError(expected, f"is blank although option {letter} is not")
    return [cells[letter] for letter in present]
