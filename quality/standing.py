"""Whether what was found again says the same as what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model


def stands(row: Model, newest: Model | None, findings: Sequence[str]) -> bool:
    """Whether the newest row of this slice has the very same findings as `row`."""
    if newest is None:
        return False
    return all(
        _rounded(getattr(newest, name)) == _rounded(getattr(row, name))
        for name in findings
    )


def _rounded(finding: Any) -> Any:
    """Without the last bits, which differ between machines and orders of summing."""
    if isinstance(finding, float):
        return round(finding, 9)
    if isinstance(finding, dict):
        return {name: _rounded(cell) for name, cell in finding.items()}
    return [_rounded(f) for f in finding] if isinstance(finding, list) else finding
