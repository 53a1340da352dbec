"""Agreement as a paper prints it: slices go in, a table and its words come out.

`Part`s and `Facts` make a `Report`; `as_text`, `as_csv`, `as_json`, `as_latex` and
`methods` write it. Needs numpy, and nothing else.
"""

from quality.agreement.reporting.as_csv import as_csv
from quality.agreement.reporting.as_json import as_json
from quality.agreement.reporting.as_latex import as_latex
from quality.agreement.reporting.as_text import as_text
from quality.agreement.reporting.facts import Facts, RaterLine
from quality.agreement.reporting.methods import methods
from quality.agreement.reporting.report import (
    LEAST_PAIRABLE,
    LabelLine,
    Line,
    Part,
    Report,
    report_of,
)

__all__ = [
    "LEAST_PAIRABLE",
    "Facts",
    "LabelLine",
    "Line",
    "Part",
    "RaterLine",
    "Report",
    "as_csv",
    "as_json",
    "as_latex",
    "as_text",
    "methods",
    "report_of",
]
