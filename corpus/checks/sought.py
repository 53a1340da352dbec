"""Looks for many short texts in one long one, without reading it for ever."""

from __future__ import annotations

import re

#: So many different ones are looked for in a text; what comes after counts as there.
MOST = 1_000


class Sought:
    """A text in which parts are sought, each of them once.

    >>> "cat" in Sought("the cats"), Sought("a tomcat").has_word("cat")
    (True, False)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: dict[str, bool] = {}
        self._words: dict[str, bool] = {}

    def __contains__(self, part: str) -> bool:
        if part not in self._parts:
            is_there = len(self._parts) >= MOST or part in self._text
            self._parts[part] = is_there
        return self._parts[part]

    def has_word(self, beginning: str) -> bool:
        """Does a word of the text begin so?"""
        if beginning not in self._words:
            pattern = rf"\b{re.escape(beginning)}"
            is_there = len(self._words) >= MOST or re.search(pattern, self._text)
            self._words[beginning] = bool(is_there)
        return self._words[beginning]
