import numpy as np
import pytest

from quality.reliability import Ratings, label_use, severity
from quality.reliability.bias import ONE_POINT
from quality.reliability.leave_one_out import NO_SHARED


def scale(seed: int, shift: tuple[float, ...], units: int = 200) -> Ratings:
    """Complete ratings on five points; each rater is off by their `shift`."""
    rng = np.random.default_rng(seed)
    r = len(shift)
    mean = rng.normal(2, 0.8, units)[:, None] + np.array(shift)
    points = np.clip(np.rint(mean + rng.normal(0, 0.5, (units, r))), 0, 4)
    unit, rater = np.divmod(np.arange(units * r), r)
    return Ratings.from_columns(unit, rater, points.ravel().astype(int), 5)


def test_a_strict_rater_lies_below_the_others() -> None:
    found = [one.bias for one in severity(scale(1, (-0.6, 0, 0, 0)))]
    assert found[0].value == pytest.approx(-0.6, abs=0.1)
    assert found[0].high < 0
    assert all(one.value == pytest.approx(0.2, abs=0.1) for one in found[1:])


def test_the_interval_holds_as_often_as_said() -> None:
    held = [severity(scale(seed, (0, 0, 0), 40))[0].bias for seed in range(400)]
    assert 0.925 <= np.mean([one.low <= 0 <= one.high for one in held]) <= 0.975


def test_bias_is_the_mean_gap_to_the_others_mean() -> None:
    ratings = Ratings.from_columns(
        [1, 1, 1, 2, 2, 3], [1, 2, 3, 1, 2, 1], [2, 0, 1, 0, 1, 2], 3
    )
    one = severity(ratings)[0].bias
    assert (one.value, one.n) == ((1.5 - 1) / 2, 2)
    points = severity(ratings, values=[0, 5, 10])[0].bias
    assert points.value == pytest.approx(5 * one.value)


def test_turning_the_scale_turns_the_bias() -> None:
    ratings = scale(2, (-0.5, 0.3, 0))
    turned = severity(ratings, values=[4, 3, 2, 1, 0])
    for one, other in zip(severity(ratings), turned, strict=True):
        assert other.bias.value == pytest.approx(-one.bias.value)
        assert other.bias.low == pytest.approx(-one.bias.high)


def test_no_bias_has_a_reason() -> None:
    alone = severity(Ratings.from_columns([1, 2], [1, 2], [0, 1], 2))
    assert [one.bias.undefined for one in alone] == [NO_SHARED] * 2
    flat = severity(Ratings.from_columns([1, 1], [1, 2], [0, 0], 1))
    assert flat[0].bias.undefined == ONE_POINT
    for wrong in ([1.0], [0, np.nan]):
        with pytest.raises(ValueError, match="2 numbers"):
            severity(Ratings.from_columns([1], [1], [0], 2), values=wrong)


def test_label_use_sets_the_own_shares_beside_the_others() -> None:
    ratings = Ratings.from_columns(
        [1, 1, 2, 2, 2, 3], [1, 2, 1, 2, 3, 1], [0, 1, 0, 0, 1, 1], 2
    )
    use = label_use(ratings)[0]
    assert [one.value for one in use.own] == pytest.approx([2 / 3, 1 / 3])
    assert use.n_shared == 2
    assert use.own_shared == (1, 0)
    assert use.others_shared == (0.25, 0.75)
    assert use.distance == 0.75


def test_label_use_of_a_rater_alone_has_no_distance() -> None:
    use = label_use(Ratings.from_columns([1] * 1 + [2] * 1, [1, 2], [0, 1], 2))[0]
    assert (use.n_shared, use.distance, use.others_shared) == (0, None, ())
