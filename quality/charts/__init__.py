"""Charts as geometry: numbers in, places out. `templates/charts/` draws them.

All lengths are units of a view box 320 wide, so one unit is about one CSS pixel on
the narrowest screen. Colours are class names; shape and words say the same again.
"""

from quality.charts.dots import DotChart, Reading, Row, dot_chart
from quality.charts.scale import number
from quality.charts.shares import Counts, SharesChart, shares_chart
from quality.charts.windows import Window, WindowsChart, windows_chart

__all__ = [
    "Counts",
    "DotChart",
    "Reading",
    "Row",
    "SharesChart",
    "Window",
    "WindowsChart",
    "dot_chart",
    "number",
    "shares_chart",
    "windows_chart",
]
