import pytest

from quality.agreement.lookalikes import first_pair, folded, same_number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Good", "good"),
        ("caf\u00e9", "cafe\u0301"),
        ("yes", "yes\u200b"),
        ("\uff59\uff45\uff53", "yes"),
        ("very  good", "very\u00a0good"),
        ("stra\u00dfe", "STRASSE"),
        ("1", "1.0"),
        ("-0.5", "-0.50"),
        ("0", "-0.0"),
        ("+3", "03"),
    ],
)
def test_what_looks_alike_folds_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert first_pair(["else", one, one, other]) == (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", "10"), ("1.0.0", "1.0"), ("-1", "1"), ("0.5", "5"), ("v1", "v1.0")],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert first_pair([one, other]) is None


def test_only_plain_numbers_are_the_same_number() -> None:
    assert same_number("1", "1.0")
    assert not same_number("a", "a")
    assert not same_number("1", "2")


def test_digits_of_any_length_are_compared_exactly() -> None:
    one, other = str(10**30 + 1), str(10**30 + 2)
    assert first_pair([one, other]) is None
    assert same_number(one, f"{one}.0")
