from math import lgamma

import numpy as np
import pytest

from quality.reliability.gamma import digamma, dirichlet_divergence, log_gamma


def test_digamma_is_the_slope_of_log_gamma() -> None:
    for x in (0.3, 1.0, 4.5, 60.0, 5e5):
        step = 1e-3 * x
        slope = (
            8 * (lgamma(x + step) - lgamma(x - step))
            - (lgamma(x + 2 * step) - lgamma(x - 2 * step))
        ) / (12 * step)
        assert digamma(np.array([x]))[0] == pytest.approx(slope, rel=1e-7)


def test_digamma_has_its_known_values() -> None:
    half, one = -0.5772156649015329 - 2 * np.log(2), -0.5772156649015329
    found = digamma(np.array([0.5, 1.0, 2.0, 11.0]))
    eleven = one + sum(1 / k for k in range(1, 11))
    assert found == pytest.approx([half, one, one + 1, eleven], abs=1e-13)


def test_log_gamma_keeps_the_shape() -> None:
    assert log_gamma(np.array([[1.0], [5.0]])) == pytest.approx(
        np.log([[1.0], [24.0]]), abs=1e-12
    )


def test_a_distribution_diverges_from_all_but_itself() -> None:
    prior = np.array([0.5, 0.5])
    found = np.array([[0.5, 0.5], [9.0, 2.0], [2.0, 9.0]])
    divergence = dirichlet_divergence(found, np.broadcast_to(prior, (3, 2)))
    assert divergence[0] == pytest.approx(0, abs=1e-12)
    assert divergence[1] == pytest.approx(divergence[2])
    # Beta(9, 2) against Beta(1/2, 1/2), by quadrature over the unit interval.
    x = (np.arange(200_000) + 0.5) / 200_000
    density = 90 * x**8 * (1 - x)
    other = 1 / (np.pi * np.sqrt(x * (1 - x)))
    assert divergence[1] == pytest.approx(
        (density * np.log(density / other)).mean(), abs=1e-6
    )
