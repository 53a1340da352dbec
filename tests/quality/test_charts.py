import doctest
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from quality.charts import (
    Counts,
    DotChart,
    Reading,
    Row,
    SharesChart,
    dot_chart,
    scale,
    shares_chart,
)

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
ENGINE = Engine(
    dirs=[str(ROOT / "templates")],
    libraries={"l10n": "django.templatetags.l10n"},
    builtins=["django.templatetags.i18n", "annotation.templatetags.concord"],
)

AC1 = Reading("AC1", 0.9, 0.8, 0.95)
ALPHA = Reading("Alpha", 0.4, -0.1, 0.7)
NONE = Reading("Alpha", undefined="no variation: only one category was used")


def dots(*rows: Row) -> DotChart:
    return dot_chart(rows, key="k", title="Accuracy")


def shares(*rows: Counts, labels: tuple[str, ...] = ("yes", "no")) -> SharesChart:
    return shares_chart(rows, labels=labels, key="k", title="Verdicts")


def drawn(template: str, chart: DotChart | SharesChart) -> ElementTree.Element:
    text = ENGINE.get_template(f"charts/{template}.svg").render(
        Context({"chart": chart}, use_l10n=False)
    )
    return ElementTree.fromstring(text)


def words(svg: ElementTree.Element) -> list[str]:
    return [
        " ".join("".join(node.itertext()).split()) for node in svg.iter(f"{SVG}text")
    ]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (-0.13, 1, (-0.5, 0.0, 0.5, 1.0)),
        (-1, 1, (-1.0, -0.5, 0.0, 0.5, 1.0)),
        (0, 0.003, (0.0, 0.001, 0.002, 0.003)),
        (0, 730, (0.0, 200.0, 400.0, 600.0, 800.0)),
    ],
)
def test_ticks_are_round_numbers(
    low: float, high: float, expected: tuple[float, ...]
) -> None:
    assert scale.nice_ticks(low, high) == expected


@given(st.floats(-1e4, 1e4), st.floats(0.1, 1e6), st.integers(3, 12))
def test_ticks_span_the_numbers_evenly_and_are_never_too_many(
    low: float, length: float, at_most: int
) -> None:
    ticks = scale.nice_ticks(low, low + length, at_most=at_most)
    slack = 1e-8 * max(abs(low), length)
    assert 2 <= len(ticks) <= at_most
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + length - slack
    steps = [b - a for a, b in zip(ticks, ticks[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)


def test_a_scale_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="no length"):
        scale.nice_ticks(1, 1)
    with pytest.raises(ValueError, match="three ticks"):
        scale.nice_ticks(0, 1, at_most=2)


def test_all_rows_share_one_scale() -> None:
    chart = dots(Row("French", [AC1]), Row("German", [ALPHA]))
    first, second = (band.marks[0] for band in chart.bands)
    span = chart.right - chart.left

    assert [tick.label for tick in chart.ticks] == ["−0.5", "0", "0.5", "1"]
    assert (chart.ticks[0].x, chart.ticks[-1].x) == (chart.left, chart.right)
    assert chart.zero_x == chart.ticks[1].x
    assert first.x == pytest.approx(chart.left + span * (0.9 + 0.5) / 1.5, abs=0.01)
    assert second.low_x == pytest.approx(chart.left + span * 0.4 / 1.5, abs=0.01)


def test_a_scale_without_negative_numbers_starts_at_zero() -> None:
    chart = dots(Row("French", [AC1]))
    assert chart.ticks[0].label == "0"
    assert chart.zero_x is None


def test_a_series_keeps_its_shape_and_colour_from_row_to_row() -> None:
    chart = dots(Row("French", [AC1, ALPHA]), Row("German", [ALPHA, AC1]))
    looks = [
        {mark.label[0].text: (mark.shape, mark.colour) for mark in band.marks}
        for band in chart.bands
    ]
    assert looks[0] == looks[1]
    assert looks[0] == {"AC1": ("circle", "chart-1"), "Alpha": ("square", "chart-2")}


def test_an_undefined_reading_is_hollow_and_gives_its_reason() -> None:
    chart = dots(Row("French", [AC1, NONE]))
    mark = chart.bands[0].marks[1]
    assert mark.colour == "chart-undefined"
    assert (mark.low_x, mark.high_x, mark.value) == (None, None, "")
    assert " ".join(line.text for line in mark.reason) == NONE.undefined
    assert "undefined, no variation" in mark.title

    svg = drawn("dot_interval", chart)
    fills = [n.get("fill") for n in svg.iter() if n.get("class") == "chart-mark"]
    assert fills == ["currentColor", "none"]
    assert NONE.undefined in words(svg)


def test_lanes_do_not_overlap_and_stay_inside_the_box() -> None:
    long = Reading("A very long name of a coefficient indeed", 0.5, 0.4, 0.6)
    chart = dots(Row("French", [AC1, long, NONE]), Row("German", [AC1]))
    marks = [mark for band in chart.bands for mark in band.marks]
    for above, below in zip(marks, marks[1:], strict=False):
        assert above.top + above.height <= below.top
    for mark in marks:
        for line in (*mark.label, *mark.reason):
            assert mark.top < line.y < mark.top + mark.height
    assert marks[-1].top + marks[-1].height < chart.axis_y < chart.height


def test_a_linked_lane_is_tall_enough_to_press() -> None:
    linked = Reading("AC1", 0.9, 0.8, 0.95, href="/items?language=fr&label=a")
    plain, pressed = dots(Row("French", [AC1])), dots(Row("French", [linked]))
    assert not plain.is_linked
    assert pressed.is_linked
    assert pressed.bands[0].marks[0].height * 288 / pressed.width >= 24

    svg = drawn("dot_interval", pressed)
    assert [a.get("href") for a in svg.iter(f"{SVG}a")] == [linked.href]
    assert svg.get("role") == "group"
    assert drawn("dot_interval", plain).get("role") == "img"


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1.0, "1.00"), (0.9996, ">0.99"), (-0.004, "0.00"), (-0.25, "−0.25"), (0, "0.00")],
)
def test_a_value_is_printed_without_claiming_too_much(
    value: float, printed: str
) -> None:
    assert (
        dots(Row("French", [Reading("AC1", value)])).bands[0].marks[0].value == printed
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "either a value or a reason"),
        ({"value": 0.5, "undefined": "why"}, "either a value or a reason"),
        ({"value": float("nan")}, "outside -1 to 1"),
        ({"value": 0.5, "high": 1.5}, "outside -1 to 1"),
    ],
)
def test_a_reading_that_says_nothing_clear_is_refused(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Reading("AC1", **fields)


def test_the_dot_chart_says_everything_in_words() -> None:
    svg = drawn("dot_interval", dots(Row("<French> & co", [AC1, NONE], note="n = 9")))
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("aria-labelledby") == "k-title k-desc"
    assert title is not None
    assert desc is not None
    assert (title.get("id"), title.text) == ("k-title", "Accuracy")
    assert desc.text == (
        "<French> & co, AC1: 0.90, interval 0.80 to 0.95; "
        f"<French> & co, Alpha: undefined, {NONE.undefined}"
    )
    assert {"<French> & con = 9", "AC1", "0.90", "Alpha"} <= set(words(svg))


def test_segments_fill_the_bar_in_order_and_in_proportion() -> None:
    chart = shares(Counts("French", [30, 10, 0, 40]), labels=tuple("abcd"))
    segments = chart.bars[0].segments
    assert [s.index for s in segments] == [1, 2, 4]
    assert [s.width for s in segments] == [120, 40, 160]
    assert [s.x for s in segments] == [0, 120, 160]
    assert segments[-1].x + segments[-1].width == chart.width
    assert [s.colour for s in segments] == ["chart-1", "chart-2", "chart-4"]


def test_every_label_is_named_even_when_nobody_chose_it() -> None:
    bar = shares(Counts("French", [999, 1, 0]), labels=("yes", "no", "cannot")).bars[0]
    assert [" ".join(legend.lines) for legend in bar.legends] == [
        "1 yes >99 %",
        "2 no <1 %",
        "3 cannot 0 %",
    ]


def test_numbers_below_a_bar_never_print_over_each_other() -> None:
    bar = shares(Counts("French", [1] * 80), labels=tuple(map(str, range(80)))).bars[0]
    printed = [s.index_x for s in bar.segments if s.index_x is not None]
    assert len(printed) > 30
    assert min(b - a for a, b in zip(printed, printed[1:], strict=False)) >= 8


def test_long_labels_wrap_and_the_next_bar_starts_below_them() -> None:
    label = "the text describes something that is plainly not to be seen in the image"
    chart = shares(
        Counts("French", [5, 5, 5]),
        Counts("German", [1, 1, 1]),
        labels=("a", label, "b"),
    )
    first, second = chart.bars
    assert len(first.legends[1].lines) == 2
    assert first.legends[2].y >= first.legends[1].bottom
    assert second.y > max(legend.bottom for legend in first.legends)
    assert chart.height > max(legend.bottom for legend in second.legends)


def test_a_bar_without_ratings_is_hollow_and_says_so() -> None:
    chart = shares(Counts("French", [0, 0]))
    assert chart.bars[0].segments == ()
    svg = drawn("shares", chart)
    assert "there are no complete ratings yet" in words(svg)
    assert [n.get("fill") for n in svg.iter(f"{SVG}rect")] == ["none"]


def test_segments_may_lead_to_their_items() -> None:
    svg = drawn("shares", shares(Counts("French", [3, 1], hrefs=["/a?x=1&y=2", "/b"])))
    assert [a.get("href") for a in svg.iter(f"{SVG}a")] == ["/a?x=1&y=2", "/b"]
    assert svg.get("role") == "group"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (Counts("French", [1]), "1 counts for 2 labels"),
        (Counts("French", [1, 2], hrefs=["/a"]), "1 links for 2 labels"),
        (Counts("French", [1, -2]), "cannot be negative"),
    ],
)
def test_counts_that_do_not_fit_are_refused(row: Counts, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        shares(row)


def test_no_rows_make_an_empty_chart() -> None:
    assert dots().bands == ()
    assert shares().bars == ()
    assert drawn("dot_interval", dots()).tag == f"{SVG}svg"
    assert drawn("shares", shares()).tag == f"{SVG}svg"


def test_the_drawings_carry_no_style_of_their_own() -> None:
    for path in (ROOT / "templates" / "charts").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script|\sstyle=|\son\w+=|#[0-9a-f]{3,6}\b", text)
        colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', text))
        assert colours == {"none", "currentColor"}
        assert "viewBox" in text


def test_a_decimal_comma_of_the_reader_does_not_reach_the_path_data() -> None:
    program = """
import django
from django.conf import settings
from django.template import Context, Engine, Library
from django.template.library import import_library
from django.utils import translation
settings.configure(USE_I18N=True, USE_THOUSAND_SEPARATOR=True, LANGUAGE_CODE="de")
django.setup()
from quality.charts import Reading, Row, dot_chart
engine = Engine(dirs=["templates"], libraries={"l10n": "django.templatetags.l10n"})
words = Library()
words.filter("said", lambda text: str(text))
words.filter("figures", lambda text: str(text))
i18n = import_library("django.templatetags.i18n")
engine.template_builtins += [words, i18n]
chart = dot_chart([Row("x", [Reading("AC1", 0.71, 0.5, 0.9)])], key="k", title="t")
with translation.override("de"):
    assert engine.from_string("{{ x }}").render(Context({"x": 1.5})) == "1,5"
    print(engine.get_template("charts/dot_interval.svg").render(Context({"chart": chart})))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    for node in ElementTree.fromstring(done.stdout).iter():
        for name in ("x", "y", "d", "width", "height", "viewBox"):
            assert "," not in node.get(name, "")


def test_the_examples_in_the_docstrings_are_true() -> None:
    result = doctest.testmod(scale)
    assert result.failed == 0
    assert result.attempted == 1
