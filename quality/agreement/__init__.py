"""Agreement between people who rated the same items. Needs numpy, and nothing else.

A `PatternTable` goes in, `Estimate`s come out; `docs/metrics.md` explains each name.
"""

from quality.agreement.estimate import Estimate
from quality.agreement.flags import Flag, flags_of
from quality.agreement.metrics import METRICS, SCALES, TITLES, measure
from quality.agreement.table import PatternTable

__all__ = [
    "METRICS",
    "SCALES",
    "TITLES",
    "Estimate",
    "Flag",
    "PatternTable",
    "flags_of",
    "measure",
]
