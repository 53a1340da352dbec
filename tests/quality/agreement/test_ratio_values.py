import tracemalloc

import krippendorff
import numpy as np
import pytest

from quality.agreement import PatternTable
from quality.agreement.coefficients.krippendorff import alpha_ratio
from quality.agreement.estimate import NO_OVERLAP, NO_VALUE_VARIATION, NOBODY, ONE_ITEM
from quality.agreement.inference import IRRCAC, Inference
from quality.agreement.ratio_values import MOST_VALUES, ratio_alpha_of_values
from quality.agreement.value_rows import ValueRows


def study(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Items and values of up to five raters with gaps, zeros among them."""
    rng = np.random.default_rng(seed)
    items = np.repeat(np.arange(30), 5)
    values = np.repeat(rng.integers(0, 60, 30), 5) * rng.choice([1, 1.25], 150)
    kept = rng.random(150) < 0.7
    return items[kept], values[kept]


@pytest.mark.parametrize("seed", range(20))
def test_alpha_and_its_error_are_those_of_a_table_of_categories(seed: int) -> None:
    items, values = study(seed)
    used, labels = np.unique(values, return_inverse=True)
    table = PatternTable.from_ratings(items, labels, tuple(map(str, used)))
    for how in (Inference(), Inference(error=IRRCAC)):
        found = ratio_alpha_of_values(ValueRows.from_ratings(items, values), how=how)
        counted = alpha_ratio(table, tuple(used.tolist()), how=how)
        assert found.name == counted.name
        for field in ("value", "standard_error", "low", "high", "observed", "expected"):
            expected = pytest.approx(getattr(counted, field), abs=1e-10)
            assert getattr(found, field) == expected, field
        assert found.n_pairable == counted.n_pairable


def test_alpha_is_that_of_the_krippendorff_package() -> None:
    wide = np.full((5, 30), np.nan)
    items, values = study(99)
    places = np.arange(len(items)) - np.searchsorted(items, items)
    wide[places, items] = values
    theirs = krippendorff.alpha(wide, level_of_measurement="ratio")
    found = ratio_alpha_of_values(ValueRows.from_ratings(items, values))
    assert found.value == pytest.approx(theirs, abs=1e-9)


def test_it_is_the_same_however_large_the_unit() -> None:
    items, values = study(3)
    one, other = (
        ratio_alpha_of_values(ValueRows.from_ratings(items, unit * values))
        for unit in (1, 1000)
    )
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-12)


def test_thousands_of_values_need_no_square_of_them_in_memory() -> None:
    rng = np.random.default_rng(1)
    truth = np.repeat(rng.uniform(1, 100, 3000), 2)
    values = truth * rng.uniform(0.9, 1.1, 6000)
    rows = ValueRows.from_ratings(np.repeat(np.arange(3000), 2), values)
    assert len(rows.values) == 6000
    tracemalloc.start()
    found = ratio_alpha_of_values(rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6000 * 6000 * 8 / 4
    assert 0.98 < found.low < found.value < found.high < 1


@pytest.mark.parametrize(
    ("items", "values", "reason"),
    [
        ([], [], NOBODY),
        ([0, 1], [1, 2], NO_OVERLAP),
        ([0, 0, 1, 1, 2], [3, 3, 3, 3, 9], NO_VALUE_VARIATION),
        ([0, 0], [1, 2], ONE_ITEM),
    ],
)
def test_undefined_has_its_reason(
    items: list[int], values: list[float], reason: str
) -> None:
    found = ratio_alpha_of_values(ValueRows.from_ratings(items, values))
    assert found.value is None
    assert found.undefined == reason


def test_values_off_the_scale_and_too_many_are_refused() -> None:
    with pytest.raises(ValueError, match=r"no values below 0, not -1\.0"):
        ratio_alpha_of_values(ValueRows.from_ratings([0, 0], [-1, 1]))
    many = np.arange(MOST_VALUES + 1)
    rows = ValueRows.from_ratings(many // 2, many)
    with pytest.raises(ValueError, match="50,001 different values are too many"):
        ratio_alpha_of_values(rows)
