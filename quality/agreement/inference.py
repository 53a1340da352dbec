"""What an error and its interval are to speak about: the choices, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quality.agreement.intervals import CAUTIOUS, FISHER, WALD

RATIO: Final = "ratio"
IRRCAC: Final = "irrcac"
FIXED: Final = "fixed"
RANDOM: Final = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """How far a coefficient is uncertain; the defaults are what is shown and stored.

    `error`: "ratio" counts the number of pairable items as random; "irrcac" is what
    the irrCAC packages print, too wide where items have one rating.
    `interval`: "fisher-z" with its exact fallback; "fisher-z-cautious", which holds
    where one of two labels dominates too, is wider, and misleads with more labels at
    very high agreement, for coefficients of a pattern table; or "wald" as others print.
    `sampled`: the share n/N of all items that was rated, where the claim is about
    these N items; 0 where it is about the guideline. The variance shrinks by 1 - n/N.
    """

    error: str = RATIO
    interval: str = FISHER
    sampled: float = 0.0

    def __post_init__(self) -> None:
        if self.error not in (RATIO, IRRCAC):
            raise ValueError(f"error {self.error!r} is none of {RATIO}, {IRRCAC}")
        if self.interval not in (FISHER, CAUTIOUS, WALD):
            raise ValueError(
                f"interval {self.interval!r} is none of {FISHER}, {CAUTIOUS}, {WALD}"
            )
        if not 0 <= self.sampled <= 1:
            raise ValueError(f"a share lies between 0 and 1, not at {self.sampled}")


SHOWN: Final = Inference()
