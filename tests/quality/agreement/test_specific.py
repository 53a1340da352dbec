import numpy as np
import pytest

from quality.agreement import PatternTable
from quality.agreement.ratios import NO_TRIES
from quality.agreement.specific import specific_agreement
from tests.quality.agreement.test_shares import table


def test_two_labels_and_two_raters_give_positive_and_negative_agreement() -> None:
    found = specific_agreement(table(([2, 0], 80), ([1, 1], 15), ([0, 2], 5)))
    assert found["ok"].value == pytest.approx(2 * 80 / (2 * 80 + 15))
    assert found["wrong"].value == pytest.approx(2 * 5 / (2 * 5 + 15))
    assert found["wrong"].n_items == 20
    assert found["wrong"].low < 0.4 < found["wrong"].high
    assert found["wrong"].high - found["wrong"].low > 4 * (
        found["ok"].high - found["ok"].low
    )


def test_a_category_nobody_paired_has_no_agreement_and_says_so() -> None:
    found = specific_agreement(table(([2, 0], 8), ([0, 1], 2)))
    assert found["wrong"].undefined == NO_TRIES
    assert (found["ok"].value, found["ok"].interval_method) == (1, "exact")
    assert found["ok"].low == pytest.approx(0.025 ** (1 / 8))


def test_specific_agreement_weighs_up_to_the_overall_one() -> None:
    rng = np.random.default_rng(6)
    rows = rng.multinomial(4, [0.6, 0.3, 0.1], 80)
    many = PatternTable.from_counts(rows, ("a", "b", "c"))
    shares = specific_agreement(many).values()
    overall = sum(s.value * s.n_tries for s in shares) / sum(s.n_tries for s in shares)
    pairs = (rows * (rows - 1)).sum() / (80 * 12)
    assert overall == pytest.approx(pairs)
