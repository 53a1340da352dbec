from quality.agreement.reporting import as_text, report_of
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part


def test_values_stand_with_their_intervals_and_counts() -> None:
    head, rule, row = as_text(ordinary()).splitlines()[:3]
    assert head.split()[:4] == ["items", "2+", "ratings", "raters"]
    assert set(rule) == {"-"}
    assert row.split()[:5] == ["32", "30", "3", "62", "1-2"]
    assert "80.0 [60.8, 91.2]" in row
    (line,) = ordinary().lines
    assert f"{line.estimates[1].value:.3f} [{line.estimates[1].low:.3f}, " in row


def test_columns_line_up_under_wide_characters() -> None:
    lines = as_text(awkward()).splitlines()
    at = lines[0].index("AC1") + 3
    # Three ideographs take six cells of the terminal.
    assert lines[2][: at - 3].endswith("]")
    assert lines[3][:at].endswith("withheld")


def test_a_withheld_slice_shows_no_value() -> None:
    report = awkward()
    text = as_text(report)
    assert text.count("withheld") == 3
    assert "- Withheld: 4 items have two ratings or more" in text
    assert not any(
        line.startswith("fr  [A], “b” c  none") for line in text.splitlines()
    )


def test_an_undefined_value_gives_its_reason() -> None:
    text = as_text(awkward())
    assert (
        "- Alpha (ordinal): no variation: only one category was used. (language de"
        in text
    )


def test_a_sentence_about_several_slices_is_said_once() -> None:
    report = report_of([part(ROWS[:15], s=name) for name in "ab"])
    text = as_text(report)
    assert text.count("below 30 every number here is rough. (s a; s b)") == 1


def test_what_was_left_out_and_each_rater_are_told() -> None:
    text = as_text(awkward())
    assert "- Left out: 2 empty ratings." in text
    assert "70.0 [50.0, 80.0]" in text
    assert "fewer than 10 shared items" in text


def test_nothing_steers_the_terminal() -> None:
    text = as_text(report_of([part(ROWS, system="a\x1b[2J\rb")]))
    assert "\x1b" not in text
    assert "\r" not in text


def test_no_ratings_are_said_in_words() -> None:
    assert as_text(report_of([])) == "There are no ratings.\n"
