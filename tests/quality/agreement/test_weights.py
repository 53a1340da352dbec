import numpy as np
import pytest

from quality.agreement.weights import WEIGHTS, Weighting

# Written out from the formulas in Gwet's handbook, for the values 1, 2, 4.
UNEVEN = {
    "identity": [0, 0, 0],
    "quadratic": [1 - 1 / 9, 0, 1 - 4 / 9],
    "linear": [2 / 3, 0, 1 / 3],
    "radical": [1 - (1 / 3) ** 0.5, 0, 1 - (2 / 3) ** 0.5],
    "ratio": [1 - (1 / 3) ** 2 / (3 / 5) ** 2, 0, 1 - (1 / 3) ** 2 / (3 / 5) ** 2],
    "ordinal": [2 / 3, 0, 2 / 3],
    # around = 4: sin(pi/4)^2 = 1/2, sin(3 pi/4)^2 = 1/2, sin(pi/2)^2 = 1
    "circular": [0.5, 0.5, 0.0],
    # 1/(1*5), 9/(3*3), 4/(4*2), over the largest, which is 1
    "bipolar": [0.8, 0.0, 0.5],
}


@pytest.mark.parametrize("kind", UNEVEN)
def test_weights_are_those_of_the_handbook(kind: str) -> None:
    near, far, other = UNEVEN[kind]
    expected = [[1, near, far], [near, 1, other], [far, other, 1]]
    found = Weighting(kind, (1.0, 2.0, 4.0)).matrix(3)
    assert found == pytest.approx(np.array(expected, float), abs=1e-12)


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.parametrize("q", [2, 3, 7])
def test_weights_are_symmetric_and_lie_between_0_and_1(kind: str, q: int) -> None:
    found = Weighting(kind).matrix(q)
    assert (found == found.T).all()
    assert (np.diag(found) == 1).all()
    assert found.min() >= 0
    assert found.max() <= 1
    assert found.min() == pytest.approx(0)


def test_two_labels_leave_nothing_to_weigh() -> None:
    for kind in WEIGHTS:
        assert Weighting(kind).matrix(2) == pytest.approx(np.eye(2))


def test_the_range_is_that_of_the_declared_values_and_ordinal_weights_see_none() -> (
    None
):
    wide, narrow = Weighting("linear", (0.0, 1.0, 10.0)), Weighting("linear")
    assert wide.matrix(3)[0, 1] == pytest.approx(0.9)
    assert narrow.matrix(3)[0, 1] == pytest.approx(0.5)
    ordinal = Weighting("ordinal", (0.0, 1.0, 10.0)).matrix(3)
    assert ordinal == pytest.approx(Weighting("ordinal").matrix(3))


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("cubic", None, "none of identity"),
        ("linear", (1.0, 2.0), "3 categories need 3 finite values"),
        ("linear", (1.0, 2.0, float("nan")), "finite"),
        ("linear", (1.0, 2.0, 1.0), "the same value"),
        ("ratio", (0.0, 1.0, 2.0), "above 0"),
    ],
)
def test_what_cannot_be_weighed_is_refused(
    kind: str, values: tuple[float, ...] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Weighting(kind, values).matrix(3)


def test_a_name_tells_the_weights() -> None:
    assert Weighting("identity").named("fleiss-kappa") == "fleiss-kappa/1"
    assert Weighting("linear").named("fleiss-kappa") == "fleiss-kappa-linear/1"
