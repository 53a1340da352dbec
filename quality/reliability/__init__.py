"""How far each rater can be relied on. Needs numpy, and nothing else.

`Ratings` go in. `dawid_skene` and `mace` model raters and truth together;
`leave_one_out`, `severity`, `label_use`, `drift` and `pace` describe one rater beside
the others; `connectedness` says whether they can be compared at all, and `spammers`
puts the signs of a careless rater together.
"""

from quality.reliability.bias import LabelUse, Severity, label_use, severity
from quality.reliability.connectedness import Connectedness, Link, connectedness
from quality.reliability.dawid_skene import DawidSkene, dawid_skene, pseudo_counts
from quality.reliability.drift import Drift, Window, drift
from quality.reliability.evidence import Evidence, spammer_scores
from quality.reliability.intervals import Measured
from quality.reliability.leave_one_out import LeaveOneOut, leave_one_out
from quality.reliability.mace import Mace, mace
from quality.reliability.pace import Pace, pace
from quality.reliability.ratings import Ratings, why_no_model
from quality.reliability.spammer import Verdict, spammers
from quality.reliability.trend import Trend

__all__ = [
    "Connectedness",
    "DawidSkene",
    "Drift",
    "Evidence",
    "LabelUse",
    "LeaveOneOut",
    "Link",
    "Mace",
    "Measured",
    "Pace",
    "Ratings",
    "Severity",
    "Trend",
    "Verdict",
    "Window",
    "connectedness",
    "dawid_skene",
    "drift",
    "label_use",
    "leave_one_out",
    "mace",
    "pace",
    "pseudo_counts",
    "severity",
    "spammer_scores",
    "spammers",
    "why_no_model",
]
