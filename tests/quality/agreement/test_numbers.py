import krippendorff
import numpy as np
import pytest

from quality.agreement.estimate import NO_OVERLAP, NO_VALUE_VARIATION
from quality.agreement.numbers import Numbers

UNITS = np.repeat(np.arange(25), 3)


def sliders() -> np.ndarray:
    rng = np.random.default_rng(8)
    return np.repeat(rng.integers(0, 95, 25), 3) + rng.integers(0, 6, 75)


@pytest.mark.parametrize("scale", ["interval", "ratio"])
def test_alpha_is_that_of_the_krippendorff_package(scale: str) -> None:
    values = sliders()
    (found,) = Numbers.from_ratings(UNITS, values, scale).measure()
    theirs = krippendorff.alpha(
        values.reshape(25, 3).T.astype(float), level_of_measurement=scale
    )
    assert found.value == pytest.approx(theirs, abs=1e-9)
    assert found.name == f"krippendorff-alpha-{scale}/1"
    assert found.low < found.value < found.high


def test_the_ends_of_the_scale_do_not_move_alpha() -> None:
    seen, given = (
        Numbers.from_ratings(UNITS, sliders(), "interval", low=low, high=high)
        for low, high in ((None, None), (-50, 200))
    )
    (one,), (other,) = seen.measure(), given.measure()
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-12)


def test_counts_are_those_of_the_items() -> None:
    found = Numbers.from_ratings([5, 5, 9], [0.5, 0.25, 1], "interval").counted
    assert (found.n_items, found.n_pairable, found.n_ratings) == (2, 1, 3)


@pytest.mark.parametrize("scale", ["interval", "ratio"])
@pytest.mark.parametrize("value", [0, 4])
def test_one_value_has_no_alpha(scale: str, value: int) -> None:
    (found,) = Numbers.from_ratings([0, 0, 1, 1], [value] * 4, scale).measure()
    assert found.undefined == NO_VALUE_VARIATION


@pytest.mark.parametrize("scale", ["interval", "ratio"])
def test_without_overlap_or_ratings_there_is_a_reason(scale: str) -> None:
    (found,) = Numbers.from_ratings([0, 1], [1, 2], scale).measure()
    assert found.undefined == NO_OVERLAP
    (found,) = Numbers.from_ratings([], [], scale).measure()
    assert found.value is None
    assert found.undefined


@pytest.mark.parametrize(
    ("scale", "values", "fault"),
    [
        ("interval", [1, float("inf")], "not finite"),
        ("nominal", [1, 2], "none of interval, ratio"),
    ],
)
def test_values_off_the_scale_are_refused(
    scale: str, values: list[float], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        Numbers.from_ratings([0, 0], values, scale)
