"""What is known of annotators, in words a lead reads."""

from __future__ import annotations

from typing import Any

import pytest

from quality.annotators import telling
from quality.annotators.telling import Figure, figure

KNOWN = {"value": 0.5, "low": 0.25, "high": 0.75, "undefined": "", "no_interval": ""}


@pytest.mark.parametrize(
    ("found", "said", "shown"),
    [
        (KNOWN, {}, Figure("0.50", "0.25 to 0.75")),
        (KNOWN, {"unit": "points"}, Figure("+0.50", "+0.25 to +0.75")),
        (KNOWN, {"unit": "percent"}, Figure("50 %", "25 % to 75 %")),
        (KNOWN | {"value": 12.4}, {"unit": "seconds"}, Figure("12 s", "0 s to 1 s")),
        (None, {"missing": "why"}, Figure(reason="why")),
        (KNOWN, {"n": 9}, Figure(reason=telling.TOO_FEW)),
        (
            KNOWN | {"value": None, "undefined": "no unit"},
            {},
            Figure(reason="no item"),
        ),
        (
            KNOWN | {"low": None, "no_interval": "every unit the same"},
            {},
            Figure("0.50", reason="every item the same"),
        ),
    ],
    ids=["plain", "points", "percent", "seconds", "none", "few", "undefined", "bare"],
)
def test_a_figure_has_its_interval_or_a_reason(
    found: dict[str, Any] | None, said: dict[str, Any], shown: Figure
) -> None:
    assert figure(found, **({"n": 10} | said)) == shown


def trend(change: float | None, low: float = 0, high: float = 0) -> dict[str, Any]:
    reason = "" if change is not None else "a trend needs 20 ratings"
    return {"change": change, "low": low, "high": high, "undefined": reason}


@pytest.mark.parametrize(
    ("own", "beside", "said"),
    [
        (trend(None), trend(None), "a trend needs 20 ratings"),
        (trend(-0.1, -0.3, 0.1), trend(None), "steady"),
        (trend(-0.2, -0.3, -0.1), trend(None), "falls by 20 points (10 to 30)"),
        (trend(0.2, 0.1, 0.3), trend(0.2, 0.1, 0.3), "rises by 20 points (10 to 30)"),
        (
            trend(-0.2, -0.3, -0.1),
            trend(0.0, -0.1, 0.1),
            "falls by 20 points (10 to 30), and that of the others with it: it may be "
            "the items",
        ),
    ],
    ids=["unknown", "steady", "falls", "rises", "with the others"],
)
def test_drift_is_a_phrase(
    own: dict[str, Any], beside: dict[str, Any], said: str
) -> None:
    assert telling.drift({"drift": own, "beside": beside}) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (0.0, 0, "0 %"),
        (0.004, 0, "<1 %"),
        (0.004, 1, "0.4 %"),
        (0.0004, 1, "<0.1 %"),
        (0.996, 0, ">99 %"),
        (0.9996, 1, ">99.9 %"),
        (1.0, 1, "100 %"),
        (0.5, 1, "50.0 %"),
    ],
)
def test_percents_say_nothing_and_all_only_where_it_is_so(
    value: float, places: int, said: str
) -> None:
    assert telling.percent(value, places) == said


def test_people_who_share_nothing_are_told_apart() -> None:
    graph = {
        "components": [[1, 2], [3]],
        "thinnest": {"one": [2], "other": [1], "units": 40},
        "thin": [[3, 0]],
        "three_share": 0.5,
    }
    told = telling.graph(graph, {1: "Ana", 2: "Bao", 3: "Chris"})
    assert told[0].startswith("The raters fall into 2 groups that share no item")
    assert told[-1] == "Fewer than 20 items shared with anybody: Chris (0)."


def test_one_person_alone_is_told() -> None:
    graph = {"components": [[1]], "thinnest": None, "thin": [], "three_share": 0.5}
    assert telling.graph(graph, {1: "Ana"}) == [
        "One person alone has rated here: nothing can be compared."
    ]
