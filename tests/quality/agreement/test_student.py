import pytest
from scipy.stats import t as scipy_t  # type: ignore[import-untyped]

from quality.agreement.student import two_sided

# Two-sided 95 % and 99 % points, from the closed forms for 1, 2 and 4 degrees of
# freedom (tangent, square root, cubic) and from printed tables beyond.
TABLE = [
    (0.95, 1, 12.706204736174698),
    (0.95, 2, 4.302652729749464),
    (0.95, 4, 2.7764451051977987),
    (0.95, 10, 2.2281388519862744),
    (0.95, 30, 2.042272456301237),
    (0.95, 120, 1.9799304050824402),
    (0.99, 1, 63.65674116287158),
    (0.99, 5, 4.032142983557536),
    (0.99, 60, 2.660283028855036),
]


@pytest.mark.parametrize(("level", "df", "expected"), TABLE)
def test_the_quantile_is_the_tabulated_one(
    level: float, df: int, expected: float
) -> None:
    assert two_sided(level, df) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
def test_the_quantile_is_scipys_on_both_sides_of_the_switch(level: float) -> None:
    for df in [*range(1, 60), 199, 398, 399, 400, 401, 1000, 10**6]:
        expected = scipy_t.ppf((1 + level) / 2, df)
        assert two_sided(level, df) == pytest.approx(expected, rel=1e-10), df


@pytest.mark.parametrize("level", [-0.1, 0.0, 1.0, 95.0, float("nan")])
def test_a_level_outside_zero_to_one_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="confidence level"):
        two_sided(level, 10)


def test_no_degrees_of_freedom_are_refused() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        two_sided(0.95, 0)
