import pytest

from quality.agreement.reporting import wording


def test_rounding_leaves_no_minus_before_zero() -> None:
    assert wording.decimal(-0.0004) == "0.000"
    assert wording.decimal(-0.0006) == "-0.001"


def test_only_perfection_reads_as_perfect() -> None:
    assert wording.percent(2000 / 2001) == ">99.9"
    assert wording.percent(1.0) == "100.0"
    assert wording.percent(1 / 2001) == "<0.1"
    assert wording.percent(0.0) == "0.0"
    assert wording.decimal(0.9996) == ">0.999"
    assert wording.decimal(-0.9996) == "<-0.999"
    assert wording.decimal(1.0) == "1.000"


def test_a_level_keeps_its_digits() -> None:
    assert [wording.level(v) for v in (0.95, 0.975, 0.9999)] == [
        "95%",
        "97.5%",
        "99.99%",
    ]


def test_a_value_without_interval_says_so() -> None:
    assert wording.bounded(None, None, None, wording.decimal) == "-"
    assert wording.bounded(0.5, None, None, wording.percent) == "50.0 [-]"
    assert wording.bounded(0.5, 0.4, 0.6, wording.decimal) == "0.500 [0.400, 0.600]"


@pytest.mark.parametrize(
    ("words", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], told: str) -> None:
    assert wording.listed(words) == told


def test_counts_have_their_plural() -> None:
    assert wording.counted(1, "gap", "gaps") == "1 gap"
    assert wording.counted(1040, "gap", "gaps") == "1,040 gaps"
    assert wording.spread([104, 98]) == "98 to 104"
    assert wording.spread([7, 7]) == "7"


def test_only_percent_agreement_reads_out_of_a_hundred() -> None:
    assert wording.spelled("percent-agreement-linear/1")(0.5) == "50.0"
    assert wording.spelled("gwet-ac1/1")(0.5) == "0.500"
