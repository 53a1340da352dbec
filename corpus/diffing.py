"""What changed between two texts: tokens in, segments out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "ins", "del"]

#: Above this many tokens frequent ones (blanks, commas) are no anchors: the search
#: for the longest match would otherwise cost the square of their number.
EXACT_TOKENS = 400


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text in both, in the later one only, or in the earlier one only."""

    kind: Change
    text: str


def diff(before: str, after: str) -> list[Segment]:
    """The segments that lead from one text to the other, deletions first.

    "same" and "del" joined give `before`, "same" and "ins" joined give `after`.

    >>> [(s.kind, s.text) for s in diff("a red ball", "a blue ball")]
    [('same', 'a '), ('del', 'red'), ('ins', 'blue'), ('same', ' ball')]
    """
    old, new = tokens(before), tokens(after)
    is_long = max(len(old), len(new)) > EXACT_TOKENS
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    segments: list[Segment] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            segments.append(Segment("del", "".join(old[i1:i2])))
        if j1 < j2:
            segments.append(Segment("ins", "".join(new[j1:j2])))
    return segments


def tokens(text: str) -> list[str]:
    """Words, runs of blanks, and single marks; what a reader sees as one sign stays one.

    >>> tokens("L'été, 12 %")
    ['L', "'", 'été', ',', ' ', '12', ' ', '%']
    """
    return ["".join(token) for token in _grouped(text)]


def _grouped(text: str) -> Iterator[list[str]]:
    token: list[str] = []
    kind = ""
    for sign in _signs(text):
        here = _kind(sign)
        if token and (here != kind or here == "mark"):
            yield token
            token = []
        token.append(sign)
        kind = here
    if token:
        yield token


def _kind(sign: str) -> str:
    if sign[0].isspace():
        return "blank"
    return "word" if sign[0].isalnum() or sign[0] == "_" else "mark"


def _signs(text: str) -> Iterator[str]:
    """User-perceived characters: a base with all that attaches to it.

    The rules of UAX 29 that our texts can meet: combining marks, variation selectors,
    skin tones, tags, joined emoji, flags (pairs), CR LF, and Hangul in parts.
    """
    sign = ""
    for character in text:
        if sign and _attaches(sign, character):
            sign += character
            continue
        if sign:
            yield sign
        sign = character
    if sign:
        yield sign


def _attaches(sign: str, character: str) -> bool:
    if sign == "\r":
        return character == "\n"
    if sign[-1] in "\n\r" or character in "\n\r":
        return False
    if _extends(character) or sign[-1] == "\u200d":
        return True
    if _is_regional(character):
        return _is_regional(sign[-1]) and len(sign) % 2 == 1
    return _is_jamo(sign[-1]) and _is_jamo(character)


def _extends(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Mc", "Me")
        or character in "\u200c\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_jamo(character: str) -> bool:
    return "\u1100" <= character <= "\u11ff" or "\uac00" <= character <= "\ud7a3"
