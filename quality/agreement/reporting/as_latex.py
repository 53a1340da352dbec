"""A report as a LaTeX table: booktabs rules, every number with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quality.agreement.reporting import wording
from quality.agreement.reporting.report import Line, Report

# Brackets and stars are special only after a line's end, where a cell may begin.
_SPECIAL: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "`": r"\textasciigrave{}",
        "[": "{[}",
        "]": "{]}",
        "*": "{*}",
    }
)


def as_latex(report: Report) -> str:
    r"""A `table` for a document with \usepackage{booktabs} and, for quotation marks
    in names, \usepackage[T1]{fontenc} and \usepackage{textcomp}.

    Why a number is missing stands in the notes below it.
    """
    notes = _Notes()
    titles = [*report.dimensions, "Items", "Raters"]
    titles += [wording.title(name) for name in report.names]
    rows = [_row(line, report, notes) for line in report.lines]
    columns = "l" * len(report.dimensions) + "rr" + "l" * len(report.names)
    return "\n".join(
        [
            r"% \usepackage{booktabs}, \usepackage[T1]{fontenc}, \usepackage{textcomp}",
            r"\begin{table}",
            r"  \centering",
            r"  \small\setlength{\tabcolsep}{4pt}",
            rf"  \caption{{{_caption(report)}}}",
            rf"  \begin{{tabular}}{{{columns}}}",
            r"    \toprule",
            _joined([escaped(name) for name in titles]),
            r"    \midrule",
            *(_joined(row) for row in rows),
            r"    \bottomrule",
            r"  \end{tabular}",
            *notes.lines(),
            r"\end{table}",
            "",
        ]
    )


def escaped(text: str) -> str:
    """Text that LaTeX prints as it is; line breaks and the like become blanks."""
    plain = "".join(c if c.isprintable() else " " for c in text).translate(_SPECIAL)
    # Two of them side by side would become a dash, or a quotation mark.
    return plain.replace("--", "-{}-").replace("--", "-{}-").replace("''", "'{}'")


class _Notes:
    """Reasons below the table, each under a number of its own."""

    def __init__(self) -> None:
        self._marks: dict[str, int] = {}

    def mark(self, reason: str) -> str:
        number = self._marks.setdefault(reason, len(self._marks) + 1)
        return rf"\textsuperscript{{{number}}}"

    def lines(self) -> Iterator[str]:
        if self._marks:
            yield r"  \par\smallskip\footnotesize"
        for reason, number in self._marks.items():
            mark = rf"\textsuperscript{{{number}}}"
            yield rf"  {mark}~{escaped(reason)}\par"


def _row(line: Line, report: Report, notes: _Notes) -> list[str]:
    raters = "?" if line.raters is None else f"{line.raters:,}"
    cells = [escaped(value) for value in line.slice.values()]
    cells += [_items(line), raters]
    found = {estimate.name: estimate for estimate in line.estimates}
    for name in report.names:
        estimate = found.get(name)
        if estimate is None:
            cells.append("--" + (notes.mark(line.withheld) if line.withheld else ""))
            continue
        reason = estimate.undefined or estimate.no_interval
        cells.append(_number(name, estimate.value, estimate.low, estimate.high))
        cells[-1] += notes.mark(reason) if reason else ""
    return cells


def _items(line: Line) -> str:
    """All items, and in parentheses those that agreement can be seen on."""
    if line.pairable == line.items:
        return f"{line.items:,}"
    return f"{line.items:,} ({line.pairable:,})"


def _number(
    name: str, value: float | None, low: float | None, high: float | None
) -> str:
    if value is None:
        return "--"
    write = wording.spelled(name)
    sign = r"\,\%" if wording.as_percent(name) else ""
    shown = _minus(write(value)) + sign
    if low is None or high is None:
        return shown
    return rf"{shown} {{[}}{_minus(write(low))}, {_minus(write(high))}{{]}}"


def _minus(number: str) -> str:
    signs = {"-": r"$-$", "<": r"\textless{}", ">": r"\textgreater{}"}
    return "".join(signs.get(c, c) for c in number)


def _caption(report: Report) -> str:
    level = wording.level(report.level)
    told = f"Agreement with {level} intervals over items, for these raters."
    if any(line.pairable < line.items for line in report.lines):
        told += " In parentheses: items with two ratings or more."
    if report.names:
        told += f" Names: {', '.join(report.names)}."
    return escaped(told)


def _joined(cells: Sequence[str]) -> str:
    return "    " + " & ".join(cells) + r" \\"
