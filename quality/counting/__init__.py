"""Stage 5, counting: judgments to cells of count patterns, in Postgres."""

from quality.counting.cells import A_PERSON, Cell, Place, cells_of, narrowed, table_of
from quality.counting.statements import COUNTS, CURRENT

__all__ = [
    "A_PERSON",
    "COUNTS",
    "CURRENT",
    "Cell",
    "Place",
    "cells_of",
    "narrowed",
    "table_of",
]
