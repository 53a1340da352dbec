"""Stage 7, selecting: what leaves, what stays and why, in one snapshot."""

from quality.selecting.selection import Selection
from quality.selecting.verdicts import (
    KINDS_OF,
    NOT_IN_ARM,
    forget,
    last_decision,
    selected,
)

__all__ = ["KINDS_OF", "NOT_IN_ARM", "Selection", "forget", "last_decision", "selected"]
