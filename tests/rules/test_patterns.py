"""Regular expressions that every supported Python reads alike."""

from __future__ import annotations

import re

from tests.rules.source import ROOMS, modules

#: `{0,2}+`, `*+`, `++`, `?+` after a group, a class or an escape. Before Python 3.11.5
#: a possessive group may lose a match.
POSSESSIVE = re.compile(r"(?:[)\]]|\\\w)(?:\{\d*,?\d*\}|[*+?])\+(?!\])")


def test_no_pattern_is_possessive() -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for _, path, _ in modules(*ROOMS)
        for line in path.read_text().splitlines()
        if re.search(r"\br[\"']", line) and POSSESSIVE.search(line)
    ]
    assert found == []


def test_the_rule_knows_one() -> None:
    assert POSSESSIVE.search(r"(?:a|b){0,2}+c")
    assert POSSESSIVE.search(r"[.!]*+x")
    assert not POSSESSIVE.search(r"[-*+]\s+")
