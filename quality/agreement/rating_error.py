"""Why ratings cannot be counted, and where."""

from __future__ import annotations


class RatingError(ValueError):
    """One sentence without its full stop; `row` counts from 0, `column` is a role.

    The role is "unit", "rater", "value" or the name of a dimension; "" where the
    fault is of no one cell.
    """

    def __init__(
        self, reason: str, *, row: int | None = None, column: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row
        self.column = column
