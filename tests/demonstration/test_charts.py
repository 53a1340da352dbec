"""The English texts are true of the figures that the charts draw."""

from __future__ import annotations

from typing import Any

from demonstration.catalogue import load
from demonstration.charts import (
    BOOKS,
    DAYS,
    DEPARTURES,
    ELECTRICITY,
    ICE_CREAM,
    MATERIALS,
    MONTHS,
    NORTHPORT,
    QUARTERS,
    SUNVALE,
)
from demonstration.creatures import CREATURES
from demonstration.signs import COLOURS

SOURCES: dict[str, Any] = {item.name: item.source for item in load()}


def answers(name: str) -> list[str]:
    return [turn["answer"] for turn in SOURCES[name]["turns"]]


def correct_option(name: str) -> str:
    source = SOURCES[name]
    return str(source["options"]["ABCD".index(source["key"])])


def test_library_answers_follow_from_the_bars() -> None:
    busiest = max(DAYS, key=lambda day: DAYS[day])
    assert answers("library") == ["Saturday", str(DAYS["Fri"] - DAYS["Tue"])]
    assert busiest == "Sat"


def test_temperature_answers_follow_from_the_lines() -> None:
    assert answers("temperature")[0] == "August"
    assert MONTHS[SUNVALE.index(max(SUNVALE))] == "Aug"
    assert answers("temperature")[1] == str(sum(value < 0 for value in NORTHPORT))


def test_electricity_answers_follow_from_the_slices() -> None:
    least, share, more = answers("electricity")
    assert sum(ELECTRICITY.values()) == 100
    assert least == min(ELECTRICITY, key=lambda name: ELECTRICITY[name])
    assert share == f"{ELECTRICITY['Cooking'] + ELECTRICITY['Lighting']} %"
    assert more == "The fridge and freezer"
    assert ELECTRICITY["Fridge and freezer"] > ELECTRICITY["Washing and drying"]


def test_recycling_answers_follow_from_the_stacks() -> None:
    totals = [sum(values) for values in zip(*MATERIALS.values(), strict=True)]
    most, glass, least = answers("recycling")
    assert most == QUARTERS[totals.index(max(totals))]
    assert totals.count(max(totals)) == 1
    assert glass == f"{sum(MATERIALS['Glass'][:2])} tonnes"
    for n in range(4):
        assert min(MATERIALS, key=lambda name, n=n: MATERIALS[name][n]) == least  # type: ignore[misc]


def test_the_most_delayed_train_is_the_one_in_the_answer() -> None:
    delays = [int(row[4].split()[0]) if "min" in row[4] else 0 for row in DEPARTURES]
    train, destination, _, platform, _ = DEPARTURES[delays.index(max(delays))]
    assert SOURCES["departures"]["answer"] == (
        f"{train} to {destination}. It is {max(delays)} minutes late "
        f"and leaves from platform {platform}."
    )


def test_ice_cream_rises_from_the_first_figure_to_the_last() -> None:
    (coldest, fewest), (warmest, most) = min(ICE_CREAM), max(ICE_CREAM)
    answer = SOURCES["ice_cream"]["answer"]
    assert answer.startswith("The warmer the day, the more")
    assert f"about {fewest} at {coldest} °C to about {most} at {warmest} °C" in answer


def test_readers_are_compared_rightly() -> None:
    assert (BOOKS["Carla"] > BOOKS["David"]) == (SOURCES["carla_david"]["key"] == "Yes")
    assert (BOOKS["Ben"] > BOOKS["Emma"]) == (SOURCES["ben_emma"]["key"] == "Yes")


def test_the_food_chain_gives_the_keys() -> None:
    chain = [name.lower() for name in CREATURES]
    assert correct_option("101") == f"The {chain[chain.index('frog') + 1]}"
    assert correct_option("106") == f"The {chain[chain.index('grasshopper') + 1]}"


def test_opposite_blue_lies_the_key() -> None:
    wheel = list(COLOURS)
    opposite = wheel[(wheel.index("blue") + 3) % 6]
    assert correct_option("105").lower() == opposite
