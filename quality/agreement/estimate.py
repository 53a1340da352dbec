"""What a coefficient answers: a number with its interval, or the reason for none."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

from quality.agreement.inference import FIXED, RATIO
from quality.agreement.intervals import Interval
from quality.agreement.table import PatternTable

SINGLE_CATEGORY: Final = "single-category scale"
NOBODY: Final = "there are no complete ratings yet"
NO_OVERLAP: Final = "no item with two ratings"
ONE_ITEM: Final = "only one item has two ratings"
NO_VARIATION: Final = "no variation: only one category was used"
NO_PAIRED_VARIATION: Final = (
    "no variation: items with two ratings use only one category"
)
NO_VALUE_VARIATION: Final = "no variation: items with two ratings all have one value"

_UNSAID: Final[dict[str, Any]] = {"error_form": RATIO, "sampled": 0.0, "raters": FIXED}


class Counted(Protocol):
    """Any sufficient statistic: what it was computed from."""

    @property
    def n_items(self) -> int: ...

    @property
    def n_pairable(self) -> int: ...

    @property
    def n_ratings(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One coefficient of one table. `name` carries the version of the formula.

    `value` is None exactly when `undefined` gives the reason. `low` and `high` bound
    the `level` interval by `interval_method`; all three are missing exactly when
    `no_interval` gives the reason. `observed` and `expected` are the agreement seen
    and the agreement by chance behind the value. `error_form`, `sampled` and `raters`
    say what the error speaks about, see `inference`.
    """

    name: str
    value: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    level: float
    interval_method: str
    undefined: str
    no_interval: str
    observed: float | None
    expected: float | None
    n_items: int
    n_pairable: int
    n_ratings: int
    error_form: str = RATIO
    sampled: float = 0.0
    raters: str = FIXED

    def to_json(self) -> dict[str, Any]:
        """Plain values by field name; a choice is left out where it is the usual one."""
        content = asdict(self)
        for name, usual in _UNSAID.items():
            if content[name] == usual:
                del content[name]
        return content


def defined(
    name: str,
    table: Counted,
    *,
    value: float,
    interval: Interval,
    observed: float,
    expected: float,
    error_form: str = RATIO,
    sampled: float = 0.0,
    raters: str = FIXED,
) -> Estimate:
    """An estimate that has a value, perhaps without an interval."""
    return Estimate(
        name=name,
        value=value,
        standard_error=interval.standard_error,
        low=interval.low,
        high=interval.high,
        level=interval.level,
        interval_method=interval.method,
        undefined="",
        no_interval=interval.missing,
        observed=observed,
        expected=expected,
        n_items=table.n_items,
        n_pairable=table.n_pairable,
        n_ratings=table.n_ratings,
        error_form=error_form,
        sampled=sampled,
        raters=raters,
    )


def undefined(name: str, table: Counted, reason: str, level: float) -> Estimate:
    """An estimate that has none, and says why."""
    return Estimate(
        name=name,
        value=None,
        standard_error=None,
        low=None,
        high=None,
        level=level,
        interval_method="",
        undefined=reason,
        no_interval=reason,
        observed=None,
        expected=None,
        n_items=table.n_items,
        n_pairable=table.n_pairable,
        n_ratings=table.n_ratings,
    )


def why_undefined(table: PatternTable) -> str:
    """Why no coefficient at all can be computed; "" when one can."""
    if table.n_categories < 2:
        return SINGLE_CATEGORY
    if not table.n_items:
        return NOBODY
    return "" if table.n_pairable else NO_OVERLAP


def why_one_category(table: PatternTable) -> str:
    """Why a coefficient is undefined whose chance agreement is 1 for a single label."""
    return NO_VARIATION if table.n_used < 2 else ""


def why_no_variation(table: PatternTable) -> str:
    """Why a coefficient that divides by the disagreement expected is undefined.

    With a single pairable item alpha is 0 whatever the ratings: no estimate either.
    """
    if table.n_used < 2:
        return NO_VARIATION
    if table.pairable.n_used < 2:
        return NO_PAIRED_VARIATION
    return ONE_ITEM if table.n_pairable < 2 else ""
