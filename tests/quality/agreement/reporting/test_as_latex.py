import re
import shutil
import subprocess
from pathlib import Path

import pytest

from quality.agreement import PatternTable
from quality.agreement.reporting import Part, as_latex, report_of
from quality.agreement.reporting.as_latex import escaped
from tests.quality.agreement.reporting.samples import ROWS, awkward, ordinary, part

SPECIAL = '\\{}$&#%_^~<>|"`[]*'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50 % & more", r"50 \% \& more"),
        ("a_b#c$d", r"a\_b\#c\$d"),
        ("{x}\\y", r"\{x\}\textbackslash{}y"),
        ("^~", r"\textasciicircum{}\textasciitilde{}"),
        ("[a]*", "{[}a{]}{*}"),
        ("a---b", "a-{}-{}-b"),
        ("''", "'{}'"),
        ("two\nlines\t\x00", "two lines  "),
        ("Ärger 日本", "Ärger 日本"),
    ],
)
def test_text_is_printed_as_it_is(text: str, written: str) -> None:
    assert escaped(text) == written


def test_no_special_character_is_left_bare() -> None:
    bare = re.sub(r"\\text[a-z]+\{\}|\\[{}$&#%_]|\{[\[\]*]\}", "", escaped(SPECIAL))
    assert bare == ""


def test_the_table_has_as_many_cells_as_columns() -> None:
    text = as_latex(awkward())
    columns = re.search(r"\\begin\{tabular\}\{(\w+)\}", text)[1]
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert len(rows) == 4
    for row in rows:
        assert len(re.findall(r"(?<!\\)&", row)) == len(columns) - 1


def test_braces_and_environments_close() -> None:
    text = as_latex(awkward())
    bare = re.sub(r"\\[{}]", "", text)
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    opened = re.findall(r"\\begin\{(\w+)\}", text)
    assert opened[::-1] == re.findall(r"\\end\{(\w+)\}", text)


def test_values_have_their_interval_and_percent_its_sign() -> None:
    report = ordinary()
    percent, ac1, _ = report.lines[0].estimates
    text = as_latex(report)
    assert rf"{100 * percent.value:.1f}\,\% {{[}}{100 * percent.low:.1f}, " in text
    assert rf"{ac1.value:.3f} {{[}}{ac1.low:.3f}, {ac1.high:.3f}{{]}}" in text
    assert "32 (30) & 3 &" in text


def test_a_negative_value_has_a_minus_and_no_hyphen() -> None:
    text = as_latex(report_of([part([[1, 1, 0]] * 20 + [[2, 0, 0]])]))
    assert re.search(r"\$-\$0\.\d{3}", text)
    assert not re.search(r"[ \[]-\d", text)


def test_what_is_missing_has_one_note_for_each_reason() -> None:
    text = as_latex(awkward())
    assert r"\textsuperscript{1}~Withheld: 4 items" in text
    assert r"\textsuperscript{2}~no variation: only one category was used" in text
    assert text.count(r"--\textsuperscript{1} ") == 3


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")
def test_it_compiles(tmp_path: Path) -> None:
    hostile = report_of([part(ROWS, a=SPECIAL, b="[x"), part(ROWS, a="[y]", b="*é")])
    tables = as_latex(hostile) + as_latex(awkward()).replace("日本語", "ja")
    source = tmp_path / "table.tex"
    source.write_text(
        r"\documentclass{article}\usepackage{booktabs}\usepackage[T1]{fontenc}"
        rf"\usepackage{{textcomp}}\begin{{document}}{tables}\end{{document}}"
    )
    command = ["pdflatex", "-draftmode", "-interaction=nonstopmode", "-halt-on-error"]
    ran = subprocess.run([*command, source.name], cwd=tmp_path, capture_output=True)
    assert ran.returncode == 0, ran.stdout.decode(errors="replace")[-2000:]


def test_one_dissent_in_two_thousand_is_not_rounded_away() -> None:
    rows = [[2, 0], [0, 2]] * 1000 + [[1, 1]]
    table = PatternTable.from_counts(rows, ("a", "b"))
    text = as_latex(report_of([Part(slice={}, counted=table, scale="nominal")]))
    assert r"\textgreater{}99.9\,\%" in text
    assert r"\textgreater{}0.999" in text
    assert "100.0" not in text
