"""Reports to write down: one ordinary, one with everything that can be missing."""

from quality.agreement import PatternTable
from quality.agreement.reporting import Facts, Part, RaterLine, Report, report_of

SEVERITIES = ("none", "minor", "major")
ROWS = [[2, 0, 0]] * 20 + [[1, 1, 0]] * 6 + [[0, 0, 2]] * 4 + [[0, 1, 0]] * 2


def part(rows: list[list[int]], **slice_of: str) -> Part:
    table = PatternTable.from_counts(rows, SEVERITIES)
    return Part(slice=slice_of, counted=table, scale="ordinal", raters=3)


def ordinary(**facts: object) -> Report:
    return report_of([part(ROWS)], Facts(**facts))


def awkward() -> Report:
    """A slice to withhold, one without variation, and names that need care."""
    return report_of(
        [
            part(ROWS, language="日本語", system="50 % & more_{x}"),
            part(ROWS[:4], language="fr", system="[A], “b”\nc"),
            part([[2, 0, 0]] * 12, language="de", system="*-- \\end ~^#$"),
        ],
        Facts(source="a_b.csv", raters=4, left_out=("Left out: 2 empty ratings.",)),
        raters=[
            RaterLine(
                rater="ana",
                ratings=30,
                shared=28,
                agreement=0.7,
                low=0.5,
                high=0.8,
                kappa=0.41,
            ),
            RaterLine(
                rater="bo",
                ratings=2,
                shared=2,
                agreement=None,
                low=None,
                high=None,
                undefined="fewer than 10 shared items",
            ),
        ],
    )
