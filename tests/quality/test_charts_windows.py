"""A value over time in a table's cell: all rows on one scale, later to the right."""

from __future__ import annotations

import pytest

from quality import charts


def test_windows_share_a_scale_and_run_to_the_right() -> None:
    windows = [
        charts.Window("first", 0.5, 0.4, 0.6),
        charts.Window("last", 1.0, None, None),
    ]
    chart = charts.windows_chart(windows, key="k", title="t", least=0.4, most=1.0)
    first, last = chart.points
    assert first.x < last.x
    assert first.low_y > first.y > first.high_y > last.y
    assert (last.low_y, last.high_y) == (None, None)
    assert first.title == "first: 0.50, interval 0.40 to 0.60"
    assert last.title == "last: 1.00, no interval"
    assert chart.line == f"M{first.x:g} {first.y:g}L{last.x:g} {last.y:g}"


def test_windows_on_a_scale_without_length_are_refused() -> None:
    with pytest.raises(ValueError, match="has no length"):
        charts.windows_chart([], key="k", title="t", least=1.0, most=1.0)
