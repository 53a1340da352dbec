"""Numbers in a text, with the values they may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SPACES = "\u00a0\u202f\u2009 "
_NUMBER = re.compile(
    rf"[0-9]{{1,3}}(?:[{_SPACES}'’][0-9]{{3}})+(?:[.,][0-9]+)?(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)*"
)
_AFTERNOON = re.compile(r"(?::[0-9]{2})?\s*p\.?\s?m\b", re.I)
_MORNING = re.compile(r"(?::[0-9]{2})?\s*a\.?\s?m\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `values` has two entries where its notation is ambiguous."""

    text: str
    start: int
    end: int
    values: frozenset[Decimal]


def numbers(text: str, *, blanks_group: bool = True) -> list[Number]:
    """The numbers of a text, read by the rules of any of our languages.

    `1.000` and `1,000` may be one or a thousand; `1 000` is a thousand if
    `blanks_group`, else two numbers; `3 pm` may be 15; `1.2.3` is three numbers.

    >>> [sorted(map(str, n.values)) for n in numbers("1.234,5 und 1.000 um 3 pm")]
    [['1234.5'], ['1', '1000'], ['15', '3']]
    """
    return [
        number
        for match in _NUMBER.finditer(text)
        for number in _read(text, match.start(), match.end(), blanks_group)
    ]


def has_blanks(written: str) -> bool:
    """Do blanks group the thousands of this number?"""
    return any(blank in written for blank in _SPACES)


def _read(text: str, start: int, end: int, blanks_group: bool) -> Iterator[Number]:
    written = text[start:end]
    if not blanks_group and has_blanks(written):
        yield from _split(text, start, end, rf"[^{_SPACES}]+")
        return
    values = _values(re.sub(rf"[{_SPACES}'’]", "", written))
    if values is None:
        yield from _split(text, start, end, "[0-9]+")
        return
    yield Number(written, start, end, frozenset(values | _by_clock(text, end, values)))


def _split(text: str, start: int, end: int, part: str) -> Iterator[Number]:
    for match in re.compile(part).finditer(text, start, end):
        yield from _read(text, match.start(), match.end(), True)


def _values(written: str) -> set[Decimal] | None:
    """What digits with points and commas may mean; None if they are no one number."""
    marks = [mark for mark in written if mark in ".,"]
    groups = re.split("[.,]", written)
    if not marks:
        return {_plain(written)}
    grouped = 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
    if len(marks) == 1:
        readings = {_plain(".".join(groups))}
        return readings | {_plain("".join(groups))} if grouped else readings
    if len(set(marks)) == 1:
        return {_plain("".join(groups))} if grouped else None
    # two different marks: the last one, if it is alone, separates the decimals
    head, tail = groups[:-1], groups[-1]
    is_grouped = len(head[0]) <= 3 and all(len(g) == 3 for g in head[1:])
    if len(set(marks[:-1])) == 1 and marks[-1] not in marks[:-1] and is_grouped:
        return {_plain("".join(head) + "." + tail)}
    return None


def _plain(digits: str) -> Decimal:
    whole, _, rest = digits.partition(".")
    rest = rest.rstrip("0")  # as text: arithmetic would round what is very long
    return Decimal(f"{whole.lstrip('0') or '0'}{'.' if rest else ''}{rest}")


def _by_clock(text: str, end: int, values: set[Decimal]) -> set[Decimal]:
    """The hour on a clock of 24 for one with am or pm behind it."""
    if _AFTERNOON.match(text, end):
        return {value + 12 for value in values if 0 < value < 12}
    if _MORNING.match(text, end):
        return {Decimal(0) for value in values if value == 12}
    return set()
