"""How numbers read, the same in every form of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quality.agreement.coefficients.percent import PERCENT_AGREEMENT
from quality.agreement.estimate import Estimate
from quality.agreement.metrics import TITLES
from quality.agreement.ratios import Share
from quality.agreement.reporting.report import Line


def title(name: str) -> str:
    """What a coefficient is called, or its published name."""
    return TITLES.get(name, name)


def as_percent(name: str) -> bool:
    """Whether the number is a share of pairs, and reads better out of a hundred."""
    return name.startswith(PERCENT_AGREEMENT.partition("/")[0])


def decimal(value: float) -> str:
    """Three places: "0.743"; never "-0.000", and "1.000" only where it is exactly that."""
    if 0.9995 <= abs(value) < 1:
        return ">0.999" if value > 0 else "<-0.999"
    return f"{value:.3f}".replace("-0.000", "0.000")


def percent(value: float) -> str:
    """One place of a hundred, without the sign: "81.8".

    "100.0" and "0.0" only where it is exactly that.
    """
    text = f"{100 * value:.1f}"
    if text == "100.0" and value < 1:
        return ">99.9"
    return "<0.1" if text == "0.0" and value > 0 else text


def level(value: float) -> str:
    """The level of intervals, every digit of it: "97.5%"."""
    return f"{100 * value:.10g}%"


def spelled(name: str) -> Callable[[float], str]:
    """How the numbers of a coefficient are written."""
    return percent if as_percent(name) else decimal


def bounded(
    value: float | None,
    low: float | None,
    high: float | None,
    write: Callable[[float], str],
) -> str:
    """The value and its interval: "0.743 [0.421, 0.901]"; "-" for none."""
    if value is None:
        return "-"
    if low is None or high is None:
        return f"{write(value)} [-]"
    return f"{write(value)} [{write(low)}, {write(high)}]"


def found(estimate: Estimate) -> str:
    """An estimate in a cell."""
    write = spelled(estimate.name)
    return bounded(estimate.value, estimate.low, estimate.high, write)


def shared(share: Share) -> str:
    """A share in a cell, out of a hundred."""
    return bounded(share.value, share.low, share.high, percent)


def missing(line: Line) -> dict[str, list[str]]:
    """Why a number or an interval of a line is not there: reason to titles."""
    reasons: dict[str, list[str]] = {}
    for estimate in line.estimates:
        if reason := estimate.undefined or estimate.no_interval:
            reasons.setdefault(reason, []).append(title(estimate.name))
    return reasons


def cautions(line: Line) -> list[str]:
    """Everything a reader must know of a line, in whole sentences."""
    if line.withheld:
        return [line.withheld]
    told = [f"{listed(titles)}: {why}." for why, titles in missing(line).items()]
    return [*told, *(flag.sentence for flag in line.flags)]


def heading(slice_of: Mapping[str, str]) -> str:
    """What a slice is called in a sentence: "language fr, criterion fluency"."""
    return ", ".join(f"{name} {value}" for name, value in slice_of.items())


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(n: int, one: str, many: str) -> str:
    """ "1 item", "1,040 items"."""
    return f"{n:,} {one if n == 1 else many}"


def spread(numbers: Sequence[int]) -> str:
    """ "104", or "98 to 104"."""
    low, high = min(numbers), max(numbers)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
