"""Times of day in a text, in minutes after midnight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

HALF_DAY = 12 * 60

_BLANK = "[ \u00a0\u202f]?"
_TIME = re.compile(
    rf"(?<![0-9:.,])([01]?[0-9]|2[0-4])"
    rf"(?:(:[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])|(\.[0-5][0-9])(?={_BLANK}(?:Uhr|[ap]\.?m))"
    rf"|{_BLANK}h{_BLANK}([0-5][0-9])?(?!\w)"
    rf"|(?={_BLANK}(?:Uhr|o['’]clock|heures?|[ap]\.{_BLANK}?m\.|[ap]m\b)))",
    re.I,
)
#: What may follow a time and tell the half of the day.
_MORNING = re.compile(
    rf"{_BLANK}(?:Uhr|h|heures?|horas?|ore|o['’]clock)?\s*(?:a\.?{_BLANK}m\b|in the morning"
    r"|du matin|morgens|vormittags|früh|di mattina|del mattino|de la mañana"
    r"|de la madrugada|di notte|nachts)",
    re.I,
)
_EVENING = re.compile(
    rf"{_BLANK}(?:Uhr|h|heures?|horas?|ore|o['’]clock)?\s*(?:p\.?{_BLANK}m\b|in the afternoon"
    r"|in the evening|at night|de l['’]après-midi|du soir|nachmittags|abends|mittags"
    r"|del pomeriggio|di pomeriggio|di sera|della sera|de la tarde|de la noche"
    r"|del mediodía)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `values` has two where the half of the day is left open."""

    text: str
    start: int
    end: int
    values: frozenset[int]


def times(text: str, *, half_open: bool) -> Iterator[Time]:
    """The times of a text. Where 12 hours are usual a bare 3:30 is `half_open`.

    >>> [sorted(time.values) for time in times("3:30 pm, 3:30", half_open=True)]
    [[930], [210, 930]]
    """
    for match in _TIME.finditer(text):
        hour = int(match[1])
        minutes = next((part for part in match.groups()[1:] if part), "0")
        value = 60 * hour + int(minutes.strip(":."))
        if value > 2 * HALF_DAY:
            continue
        yield Time(
            match.group().strip(),
            *match.span(),
            _readings(value, text, match.end(), half_open),
        )


def _readings(value: int, text: str, end: int, half_open: bool) -> frozenset[int]:
    early = value % HALF_DAY
    if value <= HALF_DAY + 59:
        if _EVENING.match(text, end):
            return frozenset({early + HALF_DAY})
        if _MORNING.match(text, end):
            return frozenset({early})
        if half_open:
            return frozenset({early, early + HALF_DAY})
    return frozenset({value % (2 * HALF_DAY)})
