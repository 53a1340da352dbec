"""Who takes part: each gets the ratings ready, and then does one thing again and again.

What a contestant needs is imported by itself alone, so that its process holds no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks._agreement_sample import CATEGORIES, Sample

#: What is timed. Returns a number that shows what came out.
Work = Callable[[], float]

FIVE: Final = (
    "percent-agreement/1",
    "gwet-ac1/1",
    "fleiss-kappa/1",
    "brennan-prediger/1",
    "krippendorff-alpha-nominal/1",
)
REPLICATES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Contestant:
    """`ready` does what is not timed. Above `most` ratings it does not take part.

    `everywhere`: with any people; else with the usual ones. `peer`: needs crowd-kit.
    """

    title: str
    ready: Callable[[Sample], Work]
    most: float = float("inf")
    everywhere: bool = False
    peer: bool = False


def _reading(sample: Sample) -> Work:
    return lambda: float(sample.items.sum()) + float(sample.labels.sum())


def _ours(sample: Sample) -> Work:
    from quality.agreement import METRICS, PatternTable

    def work() -> float:
        table = PatternTable.from_ratings(sample.items, sample.labels, CATEGORIES)
        found = [METRICS[name](table) for name in FIVE]
        return _number(found[-1].value)

    return work


def _bootstrap(sample: Sample) -> Work:
    from quality.agreement import METRICS, PatternTable, bootstrapped

    table = PatternTable.from_ratings(sample.items, sample.labels, CATEGORIES)
    alpha = METRICS[FIVE[-1]]
    return lambda: _number(bootstrapped(table, alpha, replicates=REPLICATES).low)


def _slice(sample: Sample) -> Work:
    from quality.agreement import PatternTable, measure

    table = PatternTable.from_ratings(sample.items, sample.labels, CATEGORIES)
    rows = map(tuple, table.patterns.tolist())
    histogram = dict(zip(rows, table.multiplicities.tolist(), strict=True))

    def work() -> float:
        built = PatternTable.from_histogram(histogram, CATEGORIES)
        return _number(measure(built, "nominal")[-1].value)

    return work


def _krippendorff_counts(sample: Sample) -> Work:
    import krippendorff

    rows = sample.counts()
    return lambda: float(
        krippendorff.alpha(value_counts=rows, level_of_measurement="nominal")
    )


def _krippendorff_matrix(sample: Sample) -> Work:
    import krippendorff

    wide = sample.matrix()
    return lambda: float(
        krippendorff.alpha(reliability_data=wide, level_of_measurement="nominal")
    )


def _statsmodels(sample: Sample) -> Work:
    from statsmodels.stats.inter_rater import fleiss_kappa

    rows = usual_rows(sample)
    return lambda: float(fleiss_kappa(rows))


def _fleiss(sample: Sample) -> Work:
    from quality.agreement import METRICS, PatternTable

    rows = usual_rows(sample)
    return lambda: _number(
        METRICS["fleiss-kappa/1"](PatternTable.from_counts(rows, CATEGORIES)).value
    )


def usual_rows(sample: Sample) -> NDArray[np.int64]:
    """The items with the commonest number of ratings: statsmodels takes no others."""
    rows = sample.counts()
    ratings = rows.sum(axis=1)
    usual = np.bincount(ratings[ratings > 1]).argmax()
    alike: NDArray[np.int64] = rows[ratings == usual]
    return alike


def _dawid_skene(sample: Sample) -> Work:
    from quality.reliability import Ratings, dawid_skene

    def work() -> float:
        rows = (sample.items, sample.raters, sample.labels)
        return dawid_skene(Ratings.from_columns(*rows, len(CATEGORIES))).log_likelihood

    return work


def _mace(sample: Sample) -> Work:
    from quality.reliability import Ratings, mace

    def work() -> float:
        rows = (sample.items, sample.raters, sample.labels)
        found = mace(Ratings.from_columns(*rows, len(CATEGORIES)), starts=1)
        return float(found.competence.mean())

    return work


def _frame(sample: Sample) -> Any:
    import pandas as pd

    order = np.lexsort((sample.labels, sample.raters))
    columns = {"task": sample.items, "worker": sample.raters, "label": sample.labels}
    return pd.DataFrame({name: values[order] for name, values in columns.items()})


def _crowd_kit_dawid_skene(sample: Sample) -> Work:
    from crowdkit.aggregation import DawidSkene

    frame = _frame(sample)
    return lambda: float(len(DawidSkene().fit(frame).labels_))


def _crowd_kit_mace(sample: Sample) -> Work:
    from crowdkit.aggregation import MACE

    frame = _frame(sample)
    return lambda: float(len(MACE(n_restarts=1, n_iter=50).fit(frame).labels_))


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


CONTESTANTS: Final = {
    "reading": Contestant("reading the ratings once", _reading, everywhere=True),
    "ours": Contestant("ours, five coefficients with errors", _ours, everywhere=True),
    "bootstrap": Contestant(
        f"ours, {REPLICATES:,} replicates of alpha", _bootstrap, everywhere=True
    ),
    "slice": Contestant("ours, one slice from its histogram", _slice, everywhere=True),
    "counts": Contestant(
        "krippendorff, one alpha, value_counts", _krippendorff_counts, everywhere=True
    ),
    "matrix": Contestant(
        "krippendorff, one alpha, reliability_data",
        _krippendorff_matrix,
        everywhere=True,
    ),
    "fleiss": Contestant("ours, Fleiss with error, one usual n", _fleiss),
    "statsmodels": Contestant("statsmodels, Fleiss of the same items", _statsmodels),
    "dawid-skene": Contestant("ours, Dawid-Skene to 1e-10", _dawid_skene, 3e6),
    "crowd-kit-dawid-skene": Contestant(
        "crowd-kit, Dawid-Skene, its default stop",
        _crowd_kit_dawid_skene,
        3e6,
        peer=True,
    ),
    "mace": Contestant("ours, MACE, one start, to 1e-8", _mace, 3e5),
    "crowd-kit-mace": Contestant(
        "crowd-kit, MACE, one start, 50 rounds", _crowd_kit_mace, 3e5, peer=True
    ),
}
