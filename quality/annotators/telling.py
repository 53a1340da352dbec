"""What is stored of the annotators of a slice, in words and figures for a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from corpus.plain_text import counted
from quality.agreement.reporting.report import LEAST_PAIRABLE
from quality.charts import number
from quality.reliability import Connectedness, Link

Content = dict[str, Any]
Names = Mapping[int, str]

TOO_FEW: Final = f"withheld: fewer than {LEAST_PAIRABLE} shared items"
TOO_FEW_TIMES: Final = f"withheld: fewer than {LEAST_PAIRABLE} ratings"
UNORDERED: Final = "the labels have no order"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its interval as text, or the reason why there is none."""

    value: str = ""
    interval: str = ""
    reason: str = ""


def figure(
    found: Content | None,
    *,
    n: int,
    too_few: str = TOO_FEW,
    missing: str = "",
    unit: str = "",
) -> Figure:
    """A stored {value, low, high, undefined}, withheld below `LEAST_PAIRABLE`."""
    if found is None:
        return Figure(reason=missing)
    if n < LEAST_PAIRABLE:
        return Figure(reason=too_few)
    if found["value"] is None:
        return Figure(reason=in_our_words(found["undefined"]))
    low, high = found["low"], found["high"]
    write = _WRITES[unit]
    if low is None or high is None:
        reason = in_our_words(found.get("no_interval", ""))
        return Figure(write(found["value"]), reason=reason)
    return Figure(write(found["value"]), f"{write(low)} to {write(high)}")


def drift(entry: Content) -> str:
    """Whether agreement with the others rises or falls, in a phrase."""
    own, beside = entry["drift"], entry["beside"]
    if own["change"] is None:
        return in_our_words(own["undefined"])
    if own["low"] <= 0 <= own["high"]:
        return "steady"
    word = "rises" if own["change"] > 0 else "falls"
    bounds = sorted(abs(100 * own[end]) for end in ("low", "high"))
    by = f"{word} by {abs(100 * own['change']):.0f} points"
    told = f"{by} ({bounds[0]:.0f} to {bounds[1]:.0f})"
    if beside["change"] is not None and beside["low"] <= 0 <= beside["high"]:
        return f"{told}, and that of the others with it: it may be the items"
    return told


def graph(content: Content, names: Names) -> list[str]:
    """How the annotators hang together; one sentence where all is well."""
    found = _graph(content, names)
    if sentences := found.sentences:
        return [in_our_words(sentence) for sentence in sentences]
    link = found.thinnest
    if link is None:
        return ["One person alone has rated here: nothing can be compared."]
    people, items = len(found.components[0]), counted(link.units, "item", "items")
    return [
        f"All {people} annotators are tied to each other by shared items; the thinnest "
        f"place is {' and '.join(map(str, link.one))}, with {items} that somebody else "
        "rated too."
    ]


def _graph(content: Content, names: Names) -> Connectedness:
    def named(group: list[int]) -> tuple[str, ...]:
        return tuple(names[person] for person in group)

    link = content["thinnest"]
    return Connectedness(
        components=tuple(named(group) for group in content["components"]),
        thinnest=link and Link(named(link["one"]), named(link["other"]), link["units"]),
        thin=tuple((names[person], n) for person, n in content["thin"]),
        three_share=content["three_share"],
    )


def suspects(raters: list[Content]) -> list[Content]:
    return [entry for entry in raters if entry["flagged"]]


def single_signs(raters: list[Content]) -> list[Content]:
    """Those with a sign that alone makes no flag."""
    return [e for e in raters if e["evidence"] and not e["flagged"]]


def untold(raters: list[Content], names: Names) -> Iterator[tuple[str, list[str]]]:
    """Why there is no verdict on some, and on whom."""
    reasons: dict[str, list[str]] = {}
    for entry in raters:
        if reason := entry["cannot_tell"]:
            name = names[entry["rater"]]
            reasons.setdefault(in_our_words(reason), []).append(name)
    yield from reasons.items()


def in_our_words(sentence: str) -> str:
    """The statistics speak of units; here they are items."""
    return re.sub(r"\bunit(s?)\b", r"item\1", sentence)


def _signed(value: float) -> str:
    text = number(value)
    return f"+{text}" if value > 0 and text != "0.00" else text


def _seconds(value: float) -> str:
    return f"{value:.0f} s"


def percent(value: float, places: int = 0) -> str:
    """Percents that say 0 and 100 only where it is exactly that."""
    text = f"{100 * value:.{places}f}"
    least = f"{10**-places:.{places}f}"
    if float(text) == 0 and value:
        return f"<{least} %"
    if float(text) == 100 and value < 1:
        return f">{100 - float(least):.{places}f} %"
    return f"{text} %" if value not in (0, 1) else f"{value * 100:.0f} %"


_WRITES: Final[dict[str, Callable[[float], str]]] = {
    "": number,
    "points": _signed,
    "seconds": _seconds,
    "percent": percent,
}
