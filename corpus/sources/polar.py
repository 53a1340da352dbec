"""Yes/no rows: the instruction glued to a question, and answers in any spelling."""

from __future__ import annotations

import re

from corpus.sources.source import CellError

_INSTRUCTION = re.compile(
    r"(?<!\s)\s*\bplease answer (?:with )?yes or no\b\s*(?:[.!]\s*)?\Z",
    re.IGNORECASE,
)


def parted(question: object) -> tuple[object, str]:
    """The question without its instruction, and the instruction as it was glued on.

    Put together again they are the cell. The instruction is "" where there is none.

    >>> parted("Is it red? Please answer yes or no.")
    ('Is it red?', ' Please answer yes or no.')
    """
    if not isinstance(question, str):
        return question, ""
    found = _INSTRUCTION.search(question)
    return (question[: found.start()], found[0]) if found else (question, "")


def yes_or_no(column: str, answer: object) -> str:
    """The key that the answer is, whatever its letters' case."""
    if not isinstance(answer, str) or not answer.strip():
        raise CellError(column, "there is no answer")
    key = answer.strip().capitalize()
    if key not in ("Yes", "No"):
        raise CellError(column, f"expected yes or no, got {answer[:40]!r}")
    return key
