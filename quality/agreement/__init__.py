"""Agreement between people who rated the same items. Needs numpy, and nothing else.

A `PatternTable` goes in, `Estimate`s come out; `docs/metrics.md` explains each name.
Conger, Cohen, sliders and random raters have tables of their own.
"""

from quality.agreement.bootstrap import bootstrapped
from quality.agreement.coefficients.cohen import cohen_kappa
from quality.agreement.coefficients.conger import conger_kappa
from quality.agreement.coefficients.linear import Coefficient
from quality.agreement.crossed import CrossedTable
from quality.agreement.estimate import Estimate
from quality.agreement.flags import Flag, flags_of
from quality.agreement.generalising import over_raters
from quality.agreement.inference import Inference
from quality.agreement.item_sums import ItemSums, alpha_of_sums
from quality.agreement.machine import Beside, Difference, machine_agreement
from quality.agreement.machine_leaning import Bias, Leaning, machine_leaning
from quality.agreement.machine_table import MachineTable
from quality.agreement.metrics import METRICS, SCALES, TITLES, measure
from quality.agreement.pair_table import PairTable
from quality.agreement.planner import Plan, plans
from quality.agreement.power import Comparison, comparison
from quality.agreement.rater_table import RaterTable
from quality.agreement.ratios import Share
from quality.agreement.running import RunningTable
from quality.agreement.shares import share_of_items, share_of_ratings
from quality.agreement.specific import specific_agreement
from quality.agreement.table import PatternTable
from quality.agreement.value_rows import ValueRows, ordinal_alpha_of_values
from quality.agreement.weights import WEIGHTS, Weighting

__all__ = [
    "METRICS",
    "SCALES",
    "TITLES",
    "WEIGHTS",
    "Beside",
    "Bias",
    "Coefficient",
    "Comparison",
    "CrossedTable",
    "Difference",
    "Estimate",
    "Flag",
    "Inference",
    "ItemSums",
    "Leaning",
    "MachineTable",
    "PairTable",
    "PatternTable",
    "Plan",
    "RaterTable",
    "RunningTable",
    "Share",
    "ValueRows",
    "Weighting",
    "alpha_of_sums",
    "bootstrapped",
    "cohen_kappa",
    "comparison",
    "conger_kappa",
    "flags_of",
    "machine_agreement",
    "machine_leaning",
    "measure",
    "ordinal_alpha_of_values",
    "over_raters",
    "plans",
    "share_of_items",
    "share_of_ratings",
    "specific_agreement",
]
