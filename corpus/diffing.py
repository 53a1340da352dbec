"""What changed between two texts: tokens in, segments out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "ins", "del"]

#: Above this many tokens frequent ones (blanks, commas) are no anchors: the search
#: for the longest match would otherwise cost the square of their number.
EXACT_TOKENS = 400
#: Above this many tokens, what the texts share at both ends left aside, whole
#: sentences are compared, and above this many sentences nothing is.
MOST_TOKENS = 4_000


_SENTENCE_ENDS = frozenset(".!?")


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
    if max(len(old), len(new)) <= MOST_TOKENS:
        return list(_compared(old, new))
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, middle)) > MOST_TOKENS:
        middle = _sentences(middle[0]), _sentences(middle[1])
    if max(map(len, middle)) > MOST_TOKENS:
        middle = ["".join(middle[0])], ["".join(middle[1])]
    return [
        *_segment("same", old[:head]),
        *_compared(*middle),
        *_segment("same", old[len(old) - tail :]),
    ]


def share_changed(texts: Iterable[tuple[str, str]]) -> float:
    """How much of some texts, each before and after, an edit changed: 0 to 1.

    In characters of the words that differ, beside those of the longer text.

    >>> share_changed([("a red ball", "a blue ball")])
    0.36363636363636365
    """
    changed = length = 0
    for before, after in texts:
        length += max(len(before), len(after))
        # What is put in the place of something counts once, with the longer of both.
        removed = 0
        for segment in diff(before, after):
            if segment.kind == "ins":
                changed += max(0, len(segment.text) - removed)
            removed = len(segment.text) if segment.kind == "del" else 0
            changed += removed
    return changed / length if length else 0.0


def _compared(old: list[str], new: list[str]) -> Iterator[Segment]:
    is_long = max(len(old), len(new)) > EXACT_TOKENS
    matcher = SequenceMatcher(None, old, new, autojunk=is_long)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from _segment("same", old[i1:i2])
        else:
            yield from _segment("del", old[i1:i2])
            yield from _segment("ins", new[j1:j2])


def _segment(kind: Change, units: list[str]) -> Iterator[Segment]:
    if text := "".join(units):
        yield Segment(kind, text)


def _shared(old: list[str], new: list[str]) -> int:
    """How many tokens two texts have in common at their beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    shortest = min(len(old), len(new))
    return next((place for place, (a, b) in pairs if a != b), shortest)


def _sentences(words: list[str]) -> list[str]:
    """Tokens joined up to each end of a sentence or line."""
    found: list[list[str]] = [[]]
    for word in words:
        found[-1].append(word)
        if word in _SENTENCE_ENDS or "\n" in word:
            found.append([])
    return ["".join(sentence) for sentence in found if sentence]


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
