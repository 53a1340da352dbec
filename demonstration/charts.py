"""Seven charts of made-up figures. Every number in the texts can be read off here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from demonstration.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PINK,
    RULE,
    SKY,
    YELLOW,
    page,
    plain_style,
    png,
    titled,
)

DAYS: Final = {"Mon": 120, "Tue": 95, "Wed": 140, "Thu": 110, "Fri": 180, "Sat": 240}
MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
NORTHPORT: Final = [-4, -3, 1, 6, 11, 15, 18, 17, 12, 7, 2, -2]
SUNVALE: Final = [9, 10, 12, 14, 18, 22, 25, 26, 22, 18, 13, 10]
ELECTRICITY: Final = {
    "Electronics": 25,
    "Fridge and freezer": 18,
    "Washing and drying": 16,
    "Cooking": 12,
    "Lighting": 9,
    "Other": 20,
}
QUARTERS: Final = ["Q1", "Q2", "Q3", "Q4"]
MATERIALS: Final = {
    "Paper": [30, 28, 35, 40],
    "Glass": [20, 25, 22, 30],
    "Metal": [10, 12, 8, 15],
}
DEPARTURES: Final = [
    ["IC 12", "Harborough", "08:05", "3", "on time"],
    ["RE 7", "Millbrook", "08:12", "1", "5 min"],
    ["IC 20", "Eastport", "08:30", "4", "10 min"],
    ["S 2", "Airport", "08:34", "2", "on time"],
    ["RE 9", "Stonefield", "08:47", "1", "15 min"],
]
ICE_CREAM: Final = [
    *[(15, 95), (17, 120), (18, 110), (20, 160), (21, 150), (23, 205)],
    *[(24, 190), (26, 250), (27, 240), (29, 300), (31, 330), (33, 360)],
]
BOOKS: Final = {"Carla": 22, "David": 17, "Ana": 14, "Emma": 11, "Ben": 9}


def library() -> bytes:
    """Bar chart: visitors by weekday."""
    figure, axes = page(10, 6.4)
    colours = [SKY] * 5 + [BLUE]
    bars = axes.bar(list(DAYS), list(DAYS.values()), color=colours, width=0.68)
    axes.bar_label(bars, padding=4, fontsize=13)
    axes.set_ylabel("Visitors")
    axes.set_ylim(0, 270)
    axes.grid(axis="y", color=RULE)
    titled(axes, "Visitors to the town library in one week")
    return png(figure)


def temperature() -> bytes:
    """Line chart: two towns over the year."""
    figure, axes = page(10, 6.4)
    towns = [("Northport", NORTHPORT, BLUE, "o"), ("Sunvale", SUNVALE, ORANGE, "s")]
    for name, values, colour, marker in towns:
        axes.plot(MONTHS, values, color=colour, marker=marker, lw=2.5, label=name)
    axes.axhline(0, color=GREY, lw=1)
    axes.set_ylabel("Average temperature (°C)")
    axes.set_ylim(-7, 30)
    axes.grid(color=RULE)
    axes.legend(frameon=False, loc="upper left")
    titled(axes, "Average monthly temperature in two towns")
    return png(figure)


def electricity() -> bytes:
    """Pie chart: shares of a household's electricity."""
    figure, axes = page(9, 6.6)
    _, _, shares = axes.pie(
        list(ELECTRICITY.values()),
        labels=list(ELECTRICITY),
        colors=[BLUE, SKY, GREEN, YELLOW, ORANGE, "#b8b8b0"],
        autopct="%d %%",
        pctdistance=0.74,
        startangle=90,
        counterclock=False,
        wedgeprops={"edgecolor": "white", "linewidth": 2},
    )
    for share, colour in zip(
        shares, ["white", INK, "white", INK, INK, INK], strict=True
    ):
        share.set_color(colour)
    titled(axes, "Where the electricity of a household goes")
    return png(figure)


def recycling() -> bytes:
    """Stacked bars: three materials in four quarters."""
    figure, axes = page(10, 6.4)
    bottom = [0] * len(QUARTERS)
    shades = zip(MATERIALS.items(), (BLUE, GREEN, ORANGE), strict=True)
    for (name, values), colour in shades:
        bars = axes.bar(
            QUARTERS, values, bottom=bottom, color=colour, width=0.6, label=name
        )
        axes.bar_label(bars, label_type="center", color="white", fontweight="bold")
        bottom = [low + value for low, value in zip(bottom, values, strict=True)]
    axes.set_ylabel("Tonnes collected")
    axes.set_ylim(0, 95)
    axes.grid(axis="y", color=RULE)
    axes.legend(frameon=False, loc="upper left", ncols=3)
    titled(axes, "Materials collected for recycling")
    return png(figure)


def departures() -> bytes:
    """A table such as a station shows."""
    figure, axes = page(9, 4.6)
    axes.set_axis_off()
    headings = ["Train", "Destination", "Departs", "Platform", "Delay"]
    table = axes.table(
        DEPARTURES, colLabels=headings, loc="center", cellLoc="center", edges="closed"
    )
    table.auto_set_font_size(False)
    table.set_fontsize(14)
    table.scale(1, 2.5)
    for (row, _), cell in table.get_celld().items():
        cell.set_edgecolor("white")
        cell.set_facecolor(INK if row == 0 else "#eef3f8" if row % 2 else "#dbe7f2")
        if row == 0:
            cell.get_text().set_color("white")
            cell.get_text().set_fontweight("bold")
    titled(axes, "Departures this morning")
    return png(figure)


def ice_cream() -> bytes:
    """Scatter plot: one point a day."""
    figure, axes = page(9, 6.4)
    warm, sold = zip(*ICE_CREAM, strict=True)
    axes.scatter(warm, sold, s=110, color=PINK, edgecolor="white", lw=1.2)
    axes.set_xlabel("Highest temperature of the day (°C)")
    axes.set_ylabel("Ice creams sold")
    axes.set_xlim(13, 35)
    axes.set_xticks(range(15, 36, 5))
    axes.set_ylim(0, 400)
    axes.grid(color=RULE)
    titled(axes, "Ice creams sold on twelve summer days")
    return png(figure)


def books() -> bytes:
    """Horizontal bars: five readers."""
    figure, axes = page(9, 5.6)
    names, counts = list(BOOKS)[::-1], list(BOOKS.values())[::-1]
    bars = axes.barh(names, counts, color=GREEN, height=0.62)
    axes.bar_label(bars, padding=5, fontsize=13)
    axes.set_xlabel("Books read")
    axes.set_xlim(0, 25)
    axes.grid(axis="x", color=RULE)
    titled(axes, "Books read by the members of a reading club")
    return png(figure)


def draw() -> dict[str, bytes]:
    """All charts by file name."""
    drawers: list[Callable[[], bytes]] = [
        library,
        temperature,
        electricity,
        recycling,
        departures,
        ice_cream,
        books,
    ]
    with plain_style():
        return {f"{drawer.__name__}.png": drawer() for drawer in drawers}
